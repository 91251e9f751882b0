import { sha256 } from '@cliparity/model';

/**
 * What two statements about one unit know together: the first one's word counts, the later one fills what the first leaves open; a boolean
 * that either states as true is true, lists are joined.
 */
export function joinKnowledge<T extends object>(first: T, later: T): T {
  const joined = { ...later, ...first } as Record<string, unknown>;
  const said = later as Record<string, unknown>;
  for (const [field, value] of Object.entries(first)) {
    const other = said[field];
    if (typeof value === 'boolean' && other === true) joined[field] = true;
    if (Array.isArray(value) && Array.isArray(other)) joined[field] = joinLists(value, other);
  }
  return joined as T;
}

function joinLists(first: readonly unknown[], later: readonly unknown[]): unknown[] {
  const seen = new Set(first.map((item) => JSON.stringify(item)));
  return [...first, ...later.filter((item) => !seen.has(JSON.stringify(item)))];
}

/** Joins items of one key; the first stands where it stood. */
export function joinByKey<T extends object>(items: readonly T[], key: (item: T) => string): T[] {
  const byKey = new Map<string, T>();
  for (const item of items) {
    const earlier = byKey.get(key(item));
    byKey.set(key(item), earlier === undefined ? item : joinKnowledge(earlier, item));
  }
  return [...byKey.values()];
}

/** A text that must not be kept, as `sha256:<hex>`. */
export const digestText = (text: string): string => `sha256:${sha256(text)}`;
