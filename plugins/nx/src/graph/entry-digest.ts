import { createHash } from 'node:crypto';

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, canonical(inner)]));
}

/**
 * SHA-256 of a lock entry whatever the order of its keys: the digest that receipts record, too. Written here and not imported, because this
 * module is loaded whenever Nx builds a graph and the model’s schemas are not needed for that; a test compares the two.
 */
export function entryDigest(entry: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(canonical(entry)))
    .digest('hex');
}
