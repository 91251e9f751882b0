import { GITHUB_BASH, GITHUB_CHECKOUT, GITHUB_CHECKOUT_ALL, GITHUB_NODE } from './github-parts.js';

/** The workflow of pull requests and of the main branch. */
export const GITHUB_MAIN = `# {{written}}; write it again after adding a root or a target.
# if nx
# The shared cache is optional: set the variable NX_CACHE_SERVER and the secrets NX_CACHE_READ_TOKEN and NX_CACHE_WRITE_TOKEN.
# Pull requests only ever get the token that reads.
# end nx
name: cliparity
on:
  pull_request:
  push:
    branches: [{{branch}}]
  workflow_dispatch:
permissions:
  contents: read
concurrency:
  group: cliparity-\${{ github.ref }}
  cancel-in-progress: true
# if nx
env:
  NX_NO_CLOUD: 'true'
  NX_SELF_HOSTED_REMOTE_CACHE_SERVER: \${{ vars.NX_CACHE_SERVER }}
  NX_SELF_HOSTED_REMOTE_CACHE_ACCESS_TOKEN: \${{ github.event_name != 'pull_request' && secrets.NX_CACHE_WRITE_TOKEN || secrets.NX_CACHE_READ_TOKEN }}
  PREFLIGHT: {{preflight}}
  SCOPE: \${{ github.event_name == 'pull_request' && format('affected --base=origin/{0}', github.base_ref) || 'run-many' }}
# end nx
jobs:
  snapshot:
    name: snapshot (\${{ matrix.host }})
    strategy:
      fail-fast: false
      matrix:
        include:
{{matrix}}
    runs-on: \${{ matrix.runner }}
${GITHUB_BASH}
    steps:
${GITHUB_CHECKOUT_ALL}
${GITHUB_NODE}
# if nx
      - name: Capture what nobody has captured yet
        env:
          TASKS: \${{ matrix.tasks }}
        run: node "$PREFLIGHT" npx nx $SCOPE -t $TASKS
      - name: Write the pages as text
        if: github.event_name != 'pull_request'
        env:
          PAIRS: \${{ matrix.pairs }}
        run: node {{rawHelp}} {{manifests}} $PAIRS
# end nx
# if plain
      - name: Capture what nobody has captured yet
        env:
          CLI: \${{ matrix.cli }}
          TARGETS: \${{ matrix.targets }}
        run: {{cliparity}} snapshot "$CLI" newest $TARGETS
      - name: Write the pages as text
        if: github.event_name != 'pull_request'
        env:
          CLI: \${{ matrix.cli }}
          TARGETS: \${{ matrix.targets }}
        run: {{cliparity}} snapshot "$CLI" newest $TARGETS --raw-help "{{manifests}}/$CLI/raw_help"
# end plain
      - uses: actions/upload-artifact@v4
        with:
          name: snapshots-\${{ matrix.host }}
          # The last pattern keeps the folders of the roots in the paths.
          path: |
            \${{ matrix.files }}
            {{manifests}}/*/cliparity.json
          if-no-files-found: ignore
      - uses: actions/upload-artifact@v4
        if: github.event_name != 'pull_request'
        with:
          name: raw-help-\${{ matrix.host }}
          # raw_help/<version>/<target>/**
          path: {{manifests}}/*/raw_help/
          if-no-files-found: ignore
  report:
    name: union and report
    needs: snapshot
    if: \${{ !cancelled() }}
    runs-on: ubuntu-24.04
${GITHUB_BASH}
    steps:
${GITHUB_CHECKOUT_ALL}
${GITHUB_NODE}
      - uses: actions/download-artifact@v5
        with:
          pattern: snapshots-*
          merge-multiple: true
          path: {{manifests}}
# if nx
      - run: node "$PREFLIGHT" npx nx $SCOPE -t union report validate
# end nx
# if plain
      - run: {{cliparity}} rebuild --all
# end plain
      - run: {{cliparity}} validate
      - name: What is committed is what is derived
        if: github.event_name == 'pull_request'
        run: |
          git add --intent-to-add -- {{manifests}}
          git diff --exit-code -- {{manifests}}
      - uses: actions/upload-artifact@v4
        if: \${{ !cancelled() }}
        with:
          name: reports
          path: {{manifests}}/*/reports/
          if-no-files-found: ignore
# if tested
  verify:
    name: the wrapper’s own tests
    strategy:
      fail-fast: false
      matrix:
        cli: [{{testedList}}]
    runs-on: ubuntu-24.04
    steps:
${GITHUB_CHECKOUT}
${GITHUB_NODE}
      - env:
          CLI: \${{ matrix.cli }}
        run: {{cliparity}} verify "$CLI" newest
# end tested
`;
