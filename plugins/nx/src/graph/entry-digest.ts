import { hash } from 'node:crypto';

function canonicalText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const entries = value as Readonly<Record<string, unknown>>;
  const members = Object.keys(entries)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalText(entries[key])}`);
  return `{${members.join(',')}}`;
}

/**
 * SHA-256 of a lock entry whatever the order of its keys (which are words, never numbers): the digest that receipts record, too. Written here
 * and not imported, because this module is loaded whenever Nx builds a graph and the model’s schemas are not needed for that; a test compares
 * the two. One text and one call each: a lock of a hundred versions has four hundred entries.
 */
export const entryDigest = (entry: unknown): string => hash('sha256', canonicalText(entry));
