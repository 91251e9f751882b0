/** The whole pipeline: requests, the main branch, the daily schedule, and updates that it triggers. */
export const GITLAB_MAIN = `# {{written}}; write it again after adding a root or a target.
# if nx
# The shared cache is optional: set NX_CACHE_SERVER and NX_CACHE_READ_TOKEN, and NX_CACHE_WRITE_TOKEN as a protected variable.
# end nx
# Make one schedule a day with the variable CLIPARITY_DAILY=1. Updates are pushed with the protected variable CLIPARITY_TOKEN: a token
# of the project that may write to the repository and the API.
stages: [snapshot, report, verify, daily, propose]

variables:
# if nx
  NX_NO_CLOUD: 'true'
  NX_SELF_HOSTED_REMOTE_CACHE_SERVER: $NX_CACHE_SERVER
  NX_SELF_HOSTED_REMOTE_CACHE_ACCESS_TOKEN: $NX_CACHE_READ_TOKEN
  PREFLIGHT: {{preflight}}
  SCOPE: run-many
# end nx
  GIT_DEPTH: '0'

workflow:
  rules:
    - if: $UPDATE_MIN_SUPPORTED
      variables:
        CLIPARITY_REFUSED: min_supported.txt is raised by a maintainer in a commit of its own
# if nx
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
      variables:
        SCOPE: affected --base=origin/$CI_MERGE_REQUEST_TARGET_BRANCH_NAME
    - if: $CI_COMMIT_REF_PROTECTED == "true"
      variables:
        NX_SELF_HOSTED_REMOTE_CACHE_ACCESS_TOKEN: $NX_CACHE_WRITE_TOKEN
# end nx
# if plain
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
    - if: $CI_COMMIT_REF_PROTECTED == "true"
# end plain

.node:
  image: node:22-bookworm
# if nx
  before_script:
    - {{install}}
# end nx

.work:
  extends: .node
  rules:
    - if: $CLIPARITY_DAILY || $CLIPARITY_UPDATE
      when: never
    - when: on_success

snapshot:
  extends: .work
  stage: snapshot
  parallel:
    matrix:
{{matrix}}
  tags: [$RUNNER]
  script:
# if nx
    - node $PREFLIGHT npx nx $SCOPE -t $TASKS
    - node {{rawHelp}} {{manifests}} "$PAIRS"
# end nx
# if plain
    - {{cliparity}} snapshot $CLI newest --raw-help {{manifests}}/$CLI/raw_help
# end plain
  artifacts:
    # The pages lie under raw_help/<version>/<target>/**
    paths:
# if nx
      - '{{manifests}}/*/snapshots/*/$TARGETS.json'
# end nx
# if plain
      - '{{manifests}}/$CLI/snapshots/*/$TARGETS.json'
# end plain
      - '{{manifests}}/*/raw_help/'
    expire_in: 30 days

report:
  extends: .work
  stage: report
  needs:
    - job: snapshot
      artifacts: true
  script:
# if nx
    - node $PREFLIGHT npx nx $SCOPE -t union report validate
# end nx
# if plain
    - {{cliparity}} rebuild --all
# end plain
    - {{cliparity}} validate
    - if [ "$CI_PIPELINE_SOURCE" = merge_request_event ]; then git diff --exit-code -- {{manifests}}; fi
  artifacts:
    when: always
    paths:
      - '{{manifests}}/*/reports/'

# if tested
verify:
  extends: .work
  stage: verify
  needs: []
  parallel:
    matrix:
      - CLI: [{{testedList}}]
  script:
    - {{cliparity}} verify $CLI newest

# end tested
due:
  extends: .node
  stage: daily
  rules:
    - if: $CLIPARITY_DAILY
  script:
    # What depends on the date is asked every day and never cached.
    - {{cliparity}} due

watch:
  extends: .node
  stage: daily
  parallel:
    matrix:
      - CLI: [{{cliList}}]
  rules:
    - if: $CLIPARITY_DAILY
  script:
    - {{cliparity}} watch $CLI --json > watch.json
    - VERSION=$(node -p "JSON.parse(fs.readFileSync('watch.json', 'utf8')).candidate ?? ''")
    - if [ -z "$VERSION" ]; then exit 0; fi
    - >-
      curl --fail --silent --show-error --request POST --form "token=$CI_JOB_TOKEN" --form "ref=$CI_DEFAULT_BRANCH"
      --form "variables[CLIPARITY_UPDATE]=$CLI" --form "variables[VERSION]=$VERSION"
      "$CI_API_V4_URL/projects/$CI_PROJECT_ID/trigger/pipeline"

capture:
  extends: .node
  stage: daily
  rules:
    - if: $CLIPARITY_UPDATE && $CLIPARITY_REFUSED == null
  parallel:
    matrix:
{{hostMatrix}}
  tags: [$RUNNER]
  script:
    - {{cliparity}} lock $CLIPARITY_UPDATE $VERSION
    - {{cliparity}} snapshot $CLIPARITY_UPDATE $VERSION
  # A host that none of the root’s targets is for could not run: it has nothing to give.
  allow_failure:
    exit_codes: 3
  artifacts:
    paths:
      - '{{manifests}}/*/snapshots/'

update:
  extends: .node
  stage: propose
  rules:
    - if: $CLIPARITY_UPDATE
  needs:
    - job: capture
      artifacts: true
      optional: true
  resource_group: cliparity-update
  variables:
    GIT_AUTHOR_NAME: cliparity
    GIT_AUTHOR_EMAIL: cliparity@localhost
    GIT_COMMITTER_NAME: cliparity
    GIT_COMMITTER_EMAIL: cliparity@localhost
  script:
    - if [ -n "$CLIPARITY_REFUSED" ]; then echo "$CLIPARITY_REFUSED"; exit 1; fi
    - printf '%s' "$VERSION" | grep -Eq '^[0-9]+\\.[0-9]+\\.[0-9]+(-[0-9A-Za-z.-]+)?$'
    - BRANCH="cliparity/$CLIPARITY_UPDATE-$VERSION"
    - if git ls-remote --exit-code --heads origin "$BRANCH"; then exit 0; fi
    # What the other hosts captured is taken out of the work tree, so that the update is all that changes.
    - mkdir -p /tmp/captured
    - MADE="{{manifests}}/$CLIPARITY_UPDATE/snapshots/$VERSION"
    - if [ -d "$MADE" ]; then cp -R "$MADE/." /tmp/captured; git clean -fdq -- {{manifests}}; git checkout -q -- {{manifests}}; fi
    - set -- --branch --body /tmp/body.md
    - if [ -n "$(find /tmp/captured -name '*.json')" ]; then set -- "$@" --snapshots /tmp/captured; fi
    - {{cliparity}} update "$CLIPARITY_UPDATE" "$VERSION" "$@"
    - if [ ! -f /tmp/body.md ]; then exit 0; fi
    - git push "https://cliparity:$CLIPARITY_TOKEN@$CI_SERVER_HOST/$CI_PROJECT_PATH.git" "$BRANCH"
    - >-
      curl --fail --silent --show-error --request POST --header "PRIVATE-TOKEN: $CLIPARITY_TOKEN"
      --form "source_branch=$BRANCH" --form "target_branch=$CI_DEFAULT_BRANCH" --form "title=$(git log -1 --format=%s)"
      --form "description=</tmp/body.md" "$CI_API_V4_URL/projects/$CI_PROJECT_ID/merge_requests"
`;
