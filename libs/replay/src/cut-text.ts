/** What a stand-in prints of a stream that breaks off: whole lines, then the first bytes of the next one. */
export function cutText(text: string, cut: { readonly lines: number; readonly bytes?: number }): string {
  const lines = text.split(/(?<=\n)/);
  const next = Buffer.from(lines[cut.lines] ?? '').subarray(0, cut.bytes ?? 0);
  return lines.slice(0, cut.lines).join('') + next.toString('utf8');
}

/** The text with every name replaced, longest first. */
export function replaceNames(text: string, names: Readonly<Record<string, string>> = {}): string {
  const pairs = Object.entries(names).sort(([a], [b]) => b.length - a.length);
  return pairs.reduce((out, [from, to]) => (from === '' ? out : out.replaceAll(from, () => to)), text);
}
