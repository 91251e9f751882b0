import type { CatalogueEntry } from '../catalogue-entry.js';

/** One row of a table of findings of severity error: code, meaning, why, example, mend. */
export type FindingRow = readonly [code: string, meaning: string, why: string, example: string, mend: string];

/** Rows as entries: for families of codes that differ in few words. */
export function findingEntries(rows: readonly FindingRow[]): readonly CatalogueEntry[] {
  return rows.map(([code, meaning, why, example, mend]) => ({
    code,
    kind: 'finding',
    severity: 'error',
    meaning,
    why,
    example,
    mend,
  }));
}
