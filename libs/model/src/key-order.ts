const NUMBER_LIKE = /^(?:0|[1-9]\d{0,9})$/;

const startsWithDigit = (key: string): boolean => {
  const first = key.charCodeAt(0);
  return first >= 48 && first <= 57;
};

/**
 * Keys as an object made of them in this order would list them: names like array indexes come first, by number, whatever the order was. What
 * is written without making the object has to stand as if it had been made.
 */
export function asListed(keys: readonly string[]): readonly string[] {
  if (!keys.some(startsWithDigit) || !keys.some((key) => NUMBER_LIKE.test(key))) return keys;
  return Object.keys(Object.fromEntries(keys.map((key) => [key, 0])));
}

/** Keys in the order of UTF-16 units. */
export function sortedKeys(keys: readonly string[]): string[] {
  return [...keys].sort((a, b) => (a < b ? -1 : 1));
}
