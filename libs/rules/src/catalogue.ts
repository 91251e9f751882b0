import type { CatalogueEntry } from './catalogue-entry.js';

/** Every code, in byte order. */
export const CATALOGUE: readonly CatalogueEntry[] = [];

/** Every code’s name. */
export const CODES: readonly string[] = CATALOGUE.map((entry) => entry.code);

/** The entry of a code; undefined when there is none. */
export function catalogueEntry(code: string): CatalogueEntry | undefined {
  return CATALOGUE.find((entry) => entry.code === code);
}
