import type { CatalogueEntry } from '../catalogue-entry.js';

/** Codes of the steps as Nx tasks. */
export const nxEntries: readonly CatalogueEntry[] = [
  {
    code: 'NX_OPTION_MISSING',
    kind: 'usage',
    meaning: 'An Nx task was run without an option that its step needs.',
    why: 'Inferred tasks carry all of them; one written by hand may not.',
    example: 'the task lacks the option version',
    mend: 'Run the inferred tasks, or give the option in project.json.',
  },
  {
    code: 'NX_ROOT_UNUSABLE',
    kind: 'usage',
    meaning: 'A root cannot be made into Nx tasks, because a file of it is broken.',
    why: 'The graph is built for all roots at once; only this root’s tasks fail.',
    example: 'cli_manifests/codex/artifacts.lock.json is not valid JSON',
    mend: 'Correct the file it names: `cliparity validate CLI` says more.',
  },
];
