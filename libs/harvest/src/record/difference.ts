/** Characters shown before the first one that differs, and from there on. */
const BEFORE = 60;
const AFTER = 200;

const shown = (line: string | undefined, from: number): string => {
  if (line === undefined) return '(nothing)';
  const start = Math.max(0, from - BEFORE);
  return `${start > 0 ? '…' : ''}${line.slice(start, from + AFTER)}${line.length > from + AFTER ? '…' : ''}`;
};

/** Where two texts differ first, for people: the line's number, and of both lines the part around the first character that is not the same. */
export function firstDifference(before: string, after: string): string {
  const [a, b] = [before.split('\n'), after.split('\n')];
  const count = Math.max(a.length, b.length);
  const at = Array.from({ length: count }, (_, index) => index).find((index) => a[index] !== b[index]) ?? 0;
  const [left, right] = [a[at], b[at]];
  const shared = [...(left ?? '')].findIndex((char, index) => char !== right?.[index]);
  const from = left === undefined || right === undefined ? 0 : shared === -1 ? left.length : shared;
  return `line ${String(at + 1)} was\n  ${shown(left, from)}\nand is\n  ${shown(right, from)}`;
}
