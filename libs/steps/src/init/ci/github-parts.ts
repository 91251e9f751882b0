/** Steps that every job begins with, indented as steps are. */
export const GITHUB_CHECKOUT = `      - uses: actions/checkout@v5
        with:
          persist-credentials: false`;

/** For jobs that compare with other commits. */
export const GITHUB_CHECKOUT_ALL = `      - uses: actions/checkout@v5
        with:
          fetch-depth: 0
          persist-credentials: false`;

export const GITHUB_NODE = `      - uses: actions/setup-node@v5
        with:
          node-version: 22
# if cached
          cache: npm
# end cached
# if nx
      - run: {{install}}
# end nx`;

/** Variables of a step that runs bash with the words of a person kept out of the script. */
export const GITHUB_BASH = `    defaults:
      run:
        shell: bash`;
