import { parse } from 'semver';
import type { CommandPath } from './vocabulary.js';

/** UTF-8 byte order. Differs from `<` only where astral characters meet U+E000 and above. */
export function compareBytes(a: string, b: string): number {
  if (a === b) return 0;
  const lexical = a < b ? -1 : 1;
  return /[\ud800-\udfff]/.test(a + b) ? Buffer.compare(Buffer.from(a), Buffer.from(b)) : lexical;
}

/** Word by word; a shorter path stands before the paths it begins. */
export function comparePaths(a: CommandPath, b: CommandPath): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i += 1) {
    const order = compareBytes(a[i] as string, b[i] as string);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

const lastWhenAbsent = (a: string | undefined, b: string | undefined): number => {
  if (a === b) return 0;
  if (a === undefined) return 1;
  return b === undefined ? -1 : compareBytes(a, b);
};

export interface FlagNames {
  readonly long?: string | undefined;
  readonly short?: string | undefined;
}

/** Flags of a snapshot: by long spelling (absent last), then by short (absent last). */
export function compareFlags(a: FlagNames, b: FlagNames): number {
  return lastWhenAbsent(a.long, b.long) || lastWhenAbsent(a.short, b.short);
}

/** Flags of a union: by key, then long, then short. */
export function compareKeyedFlags(
  a: FlagNames & { readonly key: string },
  b: FlagNames & { readonly key: string },
): number {
  return compareBytes(a.key, b.key) || compareFlags(a, b);
}

/**
 * Semver order, oldest first; equal precedence falls back to byte order so that the order is total. What looks like a version and is none
 * (`01.2.3`, a number too large) can stand in any file of a root: it is older than every version.
 */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [parse(a), parse(b)];
  if (left === null || right === null) return Number(left !== null) - Number(right !== null) || compareBytes(a, b);
  return left.compare(right) || compareBytes(a, b);
}
