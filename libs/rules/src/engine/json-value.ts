/** Careful steps into a JSON value that may be anything. */

/** The value under a chain of keys; undefined where a step is no object or has no such key. */
export function valueAt(value: unknown, ...keys: readonly string[]): unknown {
  let at = value;
  for (const key of keys) {
    if (at === null || typeof at !== 'object' || Array.isArray(at) || !Object.hasOwn(at, key)) return undefined;
    at = (at as Record<string, unknown>)[key];
  }
  return at;
}

/** The string under a chain of keys. */
export function textAt(value: unknown, ...keys: readonly string[]): string | undefined {
  const found = valueAt(value, ...keys);
  return typeof found === 'string' ? found : undefined;
}

/** The items of the list under a chain of keys; none when it is no list. */
export function listAt(value: unknown, ...keys: readonly string[]): readonly unknown[] {
  const found = valueAt(value, ...keys);
  return Array.isArray(found) ? (found as readonly unknown[]) : [];
}

/** The strings among the items of the list under a chain of keys. */
export function textsAt(value: unknown, ...keys: readonly string[]): readonly string[] {
  return listAt(value, ...keys).filter((item) => typeof item === 'string');
}

const EDGES = /^\p{White_Space}+|\p{White_Space}+$/gu;

/** Text without the white space of Unicode at its ends (JavaScript’s own trim knows another set). */
export function trimmed(text: string): string {
  return text.replace(EDGES, '');
}
