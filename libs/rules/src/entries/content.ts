import type { CatalogueEntry } from '../catalogue-entry.js';
import { findingEntries } from './entry-table.js';

/** Codes of what the files of a root say, and of what they say about each other. */
export const contentEntries: readonly CatalogueEntry[] = findingEntries([
  [
    'DERIVED_FILE_NOT_DERIVABLE',
    'A committed file cannot be derived again from what is committed beside it.',
    'Nobody can tell any more whether it is true.',
    'codex/snapshots/0.61.0/union.json cannot be derived again: There is no snapshot of the required target linux-x64.',
    'Mend what the message names, then derive it again.',
  ],
  [
    'DERIVED_FILE_UNEXPECTED',
    'A derived file is there that follows from nothing.',
    'It is left from another time, and readers take it for true.',
    'codex/reports/0.61.0/coverage.win32-x64.json follows from nothing: the union of its version does not give it',
    'Delete the file and commit that.',
  ],
]);
