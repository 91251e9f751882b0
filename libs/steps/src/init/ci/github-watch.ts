import { GITHUB_CHECKOUT, GITHUB_NODE } from './github-parts.js';

/** Every day: new upstream releases, and what is due. */
export const GITHUB_WATCH = `# {{written}}. Looks for new upstream releases every day and dispatches the update.
name: cliparity watch
on:
  schedule:
    - cron: '17 3 * * *'
  workflow_dispatch:
permissions:
  contents: read
jobs:
  watch:
    strategy:
      fail-fast: false
      matrix:
        cli: [{{cliList}}]
    runs-on: ubuntu-24.04
    permissions:
      contents: read
      actions: write
    steps:
${GITHUB_CHECKOUT}
${GITHUB_NODE}
      - id: watch
        env:
          CLI: \${{ matrix.cli }}
        run: |
          {{cliparity}} watch "$CLI" --json > watch.json
          node -p "'version=' + (JSON.parse(fs.readFileSync('watch.json', 'utf8')).candidate ?? '')" >> "$GITHUB_OUTPUT"
      - if: \${{ steps.watch.outputs.version != '' }}
        env:
          GH_TOKEN: \${{ github.token }}
          CLI: \${{ matrix.cli }}
          VERSION: \${{ steps.watch.outputs.version }}
        run: gh workflow run cliparity-update.yml -f cli="$CLI" -f version="$VERSION"
  due:
    runs-on: ubuntu-24.04
    steps:
${GITHUB_CHECKOUT}
${GITHUB_NODE}
      # What depends on the date is asked every day and never cached.
      - run: {{cliparity}} due
`;
