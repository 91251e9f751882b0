const PARTS = /^(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/;

/** Whether the text can be a version’s folder name; the schema of the lock, which the tasks read it under, is stricter. */
export const isVersion = (text: string): boolean => PARTS.test(text);

/** Numeric identifiers before others and by number; the others by byte. Source: semver.org, item 11. */
function compareIdentifiers(a: string, b: string): number {
  const [numberA, numberB] = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (numberA && numberB) return Number(a) - Number(b);
  if (numberA !== numberB) return numberA ? -1 : 1;
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function comparePrereleases(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  const [left, right] = [a.split('.'), b.split('.')];
  for (let at = 0; at < Math.min(left.length, right.length); at += 1) {
    const order = compareIdentifiers(left[at] as string, right[at] as string);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

/**
 * Semver order, oldest first: that of `compareVersions` of the model, with which a test compares it. Written here and not imported, because
 * this module is loaded whenever Nx builds a graph, and loading semver takes longer than everything else that is done then.
 */
export function olderFirst(a: string, b: string): number {
  const [left, right] = [PARTS.exec(a), PARTS.exec(b)];
  for (const at of [1, 2, 3]) {
    const order = Number(left?.[at] ?? 0) - Number(right?.[at] ?? 0);
    if (order !== 0) return order;
  }
  return comparePrereleases(left?.[4], right?.[4]) || compareIdentifiers(`v${a}`, `v${b}`);
}
