import type { CatalogueEntry } from '../catalogue-entry.js';

/** Codes of releases on GitHub and servers like it. */
export const forgesEntries: readonly CatalogueEntry[] = [
  {
    code: 'GITHUB_ANSWER_INVALID',
    kind: 'could-not-run',
    meaning: 'What answered at the API’s address does not speak as GitHub’s REST API does.',
    why: 'A list of releases that is not one would be read as "nothing released".',
    example: 'https://git.example.org/repos/acme/tool/releases did not answer as GitHub’s REST API does',
    mend: 'Check api_url in the source’s settings in cliparity.json; of an Enterprise server it ends in /api/v3.',
  },
  {
    code: 'GITHUB_NOT_FOUND',
    kind: 'could-not-run',
    meaning: 'The repository, release or asset is not there, or not for this token.',
    why: 'A private repository looks like a missing one to whoever may not read it.',
    example: 'https://api.example.org/repos/acme/tool/releases is not there (status 404)',
    mend: 'Check repository, tag and version; a private repository needs a token.',
  },
  {
    code: 'GITHUB_RATE_LIMITED',
    kind: 'could-not-run',
    meaning: 'The API answers no further requests for a while.',
    why: 'Without a token the limit is low, and all machines behind one address share it.',
    example: 'https://api.example.org/repos/acme/tool/releases limits requests without a token (status 403)',
    mend: 'Wait as long as the message says, or set a token: CLIPARITY_TOKEN, the variable that token_env names, or GITHUB_TOKEN.',
  },
  {
    code: 'GITHUB_TOKEN_REFUSED',
    kind: 'could-not-run',
    meaning: 'The API asks for a token, or refuses the one that was sent.',
    why: 'The token is wrong, expired, or may not read this repository.',
    example: 'https://api.example.org/repos/acme/tool/releases refuses the token ghp_… of GITHUB_TOKEN (status 401)',
    mend: 'Set a token that may read this repository’s contents: CLIPARITY_TOKEN, the variable that token_env names, or GITHUB_TOKEN.',
  },
];
