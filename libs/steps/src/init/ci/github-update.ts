import { GITHUB_BASH, GITHUB_CHECKOUT, GITHUB_NODE } from './github-parts.js';

/** One upstream version, captured on every host, proposed as one pull request. */
export const GITHUB_UPDATE = `# {{written}}. One upstream version: pinned, captured on every host, derived, proposed.
# A pull request made with the workflow’s own token starts no other workflow; set the secret CLIPARITY_TOKEN to one that may.
name: cliparity update
on:
  workflow_dispatch:
    inputs:
      cli:
        description: The root
        required: true
        type: choice
        options: [{{cliList}}]
      version:
        description: The upstream version, a bare semantic version
        required: true
        type: string
      update_min_supported:
        description: Refused, min_supported.txt is the maintainers’ own
        required: false
        type: boolean
        default: false
permissions:
  contents: read
concurrency:
  group: cliparity-update-\${{ inputs.cli }}
env:
  CLI: \${{ inputs.cli }}
  VERSION: \${{ inputs.version }}
jobs:
  refuse:
    runs-on: ubuntu-24.04
    steps:
      - name: Refuse what only a maintainer decides
        if: \${{ inputs.update_min_supported }}
        run: |
          echo '::error::min_supported.txt is raised by a maintainer in a commit of its own, never by this workflow.'
          exit 1
      - name: Refuse what is no version
        run: printf '%s' "$VERSION" | grep -Eq '^[0-9]+\\.[0-9]+\\.[0-9]+(-[0-9A-Za-z.-]+)?$'
  capture:
    name: capture (\${{ matrix.host }})
    needs: refuse
    strategy:
      fail-fast: false
      matrix:
        include:
{{hostMatrix}}
    runs-on: \${{ matrix.runner }}
${GITHUB_BASH}
    steps:
${GITHUB_CHECKOUT}
${GITHUB_NODE}
      - name: Pin and capture this host’s targets
        env:
          PAIRS: \${{ matrix.pairs }}
        run: |
          failed=0
          for pair in $PAIRS; do
            if [ "\${pair%%:*}" != "$CLI" ]; then continue; fi
            {{cliparity}} lock "$CLI" "$VERSION" --target "\${pair#*:}" || failed=1
            {{cliparity}} snapshot "$CLI" "$VERSION" --target "\${pair#*:}" || failed=1
          done
          exit $failed
      - uses: actions/upload-artifact@v4
        if: \${{ !cancelled() }}
        with:
          name: captured-\${{ matrix.host }}
          path: {{manifests}}/\${{ inputs.cli }}/snapshots/\${{ inputs.version }}/
          if-no-files-found: ignore
  propose:
    needs: [refuse, capture]
    if: \${{ !cancelled() && needs.refuse.result == 'success' }}
    runs-on: ubuntu-24.04
    permissions:
      contents: write
      pull-requests: write
    env:
      BRANCH: cliparity/\${{ inputs.cli }}-\${{ inputs.version }}
      GIT_AUTHOR_NAME: github-actions[bot]
      GIT_AUTHOR_EMAIL: 41898282+github-actions[bot]@users.noreply.github.com
      GIT_COMMITTER_NAME: github-actions[bot]
      GIT_COMMITTER_EMAIL: 41898282+github-actions[bot]@users.noreply.github.com
    steps:
      - uses: actions/checkout@v5
        with:
          token: \${{ secrets.CLIPARITY_TOKEN || github.token }}
${GITHUB_NODE}
      - uses: actions/download-artifact@v5
        with:
          pattern: captured-*
          merge-multiple: true
          path: \${{ runner.temp }}/captured
      - name: Take the version up on a branch
        run: |
          if git ls-remote --exit-code --heads origin "$BRANCH"; then
            echo "::notice::$BRANCH is proposed already."
            exit 0
          fi
          mkdir -p "$RUNNER_TEMP/captured"
          set -- --branch --body "$RUNNER_TEMP/body.md"
          if [ -n "$(find "$RUNNER_TEMP/captured" -name '*.json')" ]; then
            set -- "$@" --snapshots "$RUNNER_TEMP/captured"
          fi
          {{cliparity}} update "$CLI" "$VERSION" "$@"
      - name: Open the pull request
        env:
          GH_TOKEN: \${{ secrets.CLIPARITY_TOKEN || github.token }}
        run: |
          if [ ! -f "$RUNNER_TEMP/body.md" ]; then exit 0; fi
          git push origin "$BRANCH"
          gh pr create --base "$GITHUB_REF_NAME" --head "$BRANCH" --title "$(git log -1 --format=%s)" --body-file "$RUNNER_TEMP/body.md"
`;
