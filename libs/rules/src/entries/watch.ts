import type { CatalogueEntry } from '../catalogue-entry.js';

/** Codes of taking up a version: the work tree, the branch, what is refused. */
export const watchEntries: readonly CatalogueEntry[] = [
  {
    code: 'GIT_FAILED',
    kind: 'could-not-run',
    meaning: 'git could not do what making a branch needs; its own words are in the message.',
    why: 'A hook, a missing identity or a lock of another git stops a commit. The branch and the files of the update are gone again.',
    example: 'git commit failed: Author identity unknown',
    mend: 'Mend what git says, then run the same command again.',
  },
  {
    code: 'GIT_MISSING',
    kind: 'could-not-run',
    meaning: 'git is not installed on this machine.',
    why: 'A branch is made with it; everything else works without.',
    example: 'git is not installed, and a branch is made with it',
    mend: 'Install git, or leave --branch out: `cliparity update codex` leaves the files in the work tree.',
  },
  {
    code: 'GIT_NO_REPOSITORY',
    kind: 'usage',
    meaning: 'A branch was asked for where there is no git repository.',
    why: 'A branch and a commit need one.',
    example: 'codex lies in no git repository, so no branch can be made',
    mend: 'Make the repository first (git init), or leave --branch out.',
  },
  {
    code: 'UPDATE_BRANCH_EXISTS',
    kind: 'usage',
    meaning: 'The branch that the update would make is there already.',
    why: 'Somebody may be working on it; it is not written over.',
    example: 'there is a branch cliparity/codex-0.169.0 already',
    mend: 'Look at it. To make it anew, delete it with git and run `cliparity update codex 0.169.0 --branch` again.',
  },
  {
    code: 'UPDATE_MIN_SUPPORTED_REFUSED',
    kind: 'usage',
    meaning: 'An update was asked to raise min_supported.txt.',
    why: 'It says which versions users may rely on. That is a promise, and no machine makes it.',
    example: 'min_supported.txt of codex is not raised by an update',
    mend: 'A maintainer raises it in a commit of its own; run `cliparity update` without the option.',
  },
  {
    code: 'UPDATE_TREE_DIRTY',
    kind: 'usage',
    meaning: 'The work tree has changes that are not committed.',
    why: 'An update is read as one change: what else is changed would be mixed with it, and could not be told from it afterwards.',
    example: 'the work tree has changes: cli_manifests/codex/wrapper_coverage.json',
    mend: 'Commit or stash them, then run the same command again.',
  },
];
