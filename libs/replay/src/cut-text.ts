/** Where a stream breaks off: after so many whole lines, and the first bytes of the next one. */
export interface Cut {
  readonly lines: number;
  readonly bytes?: number;
}

/** What a stand-in prints, line by line; the first bytes of a line may end inside a character, as they do when a program is killed. */
export function piecesOf(text: string, cut?: Cut): readonly (string | Uint8Array)[] {
  const lines = text.split(/(?<=\n)/);
  if (cut === undefined) return lines;
  const next = Buffer.from(lines[cut.lines] ?? '').subarray(0, cut.bytes ?? 0);
  return [...lines.slice(0, cut.lines), ...(next.length > 0 ? [next] : [])];
}

/** The text with every name replaced, longest first. */
export function replaceNames(text: string, names: Readonly<Record<string, string>> = {}): string {
  const pairs = Object.entries(names).sort(([a], [b]) => b.length - a.length);
  return pairs.reduce((out, [from, to]) => (from === '' ? out : out.replaceAll(from, () => to)), text);
}
