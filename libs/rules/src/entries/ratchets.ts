import type { CatalogueEntry } from '../catalogue-entry.js';
import { findingEntries } from './entry-table.js';

/** Codes of the small files that hold numbers which may only fall. */
export const ratchetsEntries: readonly CatalogueEntry[] = findingEntries([
  [
    'RATCHET_LOOSENED',
    'A number that may only fall has risen.',
    'What was reached once is lost again, little by little.',
    'missing_flags rose from 5 to 7',
    'Cover or waive what is new; or change the number in the file in a commit that says why.',
  ],
  [
    'RATCHET_NOT_TIGHTENED',
    'A ratchet file does not hold the lower number that is measured now.',
    'What was gained can be lost again without anybody noticing.',
    'ratchets/coverage.json holds other numbers than are measured now, none of them lower',
    'Run `cliparity report CLI VERSION --ratchet` locally and commit the file that it writes.',
  ],
]);
