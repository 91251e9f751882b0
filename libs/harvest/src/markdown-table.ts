/** A Markdown table with columns of even width, as the formatter of this workspace writes tables. Cells must not contain bars or line feeds of their own. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const width = (at: number): number => Math.max(3, ...[head, ...rows].map((row) => [...(row[at] ?? '')].length));
  const widths = head.map((_title, at) => width(at));
  const pad = (text: string, at: number): string => text + ' '.repeat((widths[at] ?? 0) - [...text].length);
  const line = (row: readonly string[]): string =>
    `| ${head.map((_title, at) => pad(row[at] ?? '', at)).join(' | ')} |`;
  return [line(head), `| ${widths.map((size) => '-'.repeat(size)).join(' | ')} |`, ...rows.map(line)];
}
