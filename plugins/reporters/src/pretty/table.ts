import type { Cell, Table, Tone } from '@cliparity/model';
import { displayWidth, wrap } from '../display-width.js';
import { plainLine } from '../plain-text.js';

/** How text of a tone is coloured. */
export type Paint = (text: string, tone: Tone | undefined) => string;

const GAP = '  ';
/** No column is made narrower than this to make a table fit. */
const NARROWEST = 8;

interface PlainCell {
  readonly text: string;
  readonly tone?: Tone;
}
type PlainRow = readonly PlainCell[];

function plainCell(cell: Cell | string | undefined): PlainCell {
  if (typeof cell !== 'object') return { text: plainLine(cell ?? '') };
  return { ...cell, text: plainLine(cell.text) };
}

/** Natural widths, the widest made narrower until the table fits. */
function columnWidths(rows: readonly PlainRow[], count: number, total: number | undefined): readonly number[] {
  const widths = Array.from({ length: count }, (_, at) =>
    Math.max(0, ...rows.map((row) => displayWidth(row[at]?.text ?? ''))),
  );
  if (total === undefined) return widths;
  let excess = widths.reduce((sum, width) => sum + width, 0) + GAP.length * (count - 1) - total;
  while (excess > 0) {
    const widest = Math.max(...widths);
    if (widest <= NARROWEST) break;
    const second = Math.max(NARROWEST, ...widths.filter((width) => width < widest));
    const at = widths.indexOf(widest);
    const cut = Math.min(excess, Math.max(1, widest - second));
    widths[at] = widest - cut;
    excess -= cut;
  }
  return widths;
}

/** The spaces before and after a cell. */
function padding(text: string, width: number, align: 'left' | 'right' | undefined): readonly [string, string] {
  const space = ' '.repeat(Math.max(0, width - displayWidth(text)));
  return align === 'right' ? [space, ''] : ['', space];
}

interface Layout {
  readonly table: Table;
  readonly widths: readonly number[];
  readonly paint: Paint;
}

/** One line of a row. Spaces are written only when something follows, so that no line ends in them. */
function rowLine(row: PlainRow, parts: readonly string[], { table, widths, paint }: Layout): string {
  let text = '';
  let spaces = '';
  for (const [at, { tone }] of row.entries()) {
    const shown = parts[at] ?? '';
    const [before, after] = padding(shown, widths[at] ?? 0, table.columns[at]?.align);
    if (shown === '') {
      spaces += before + after + GAP;
    } else {
      text += spaces + before + paint(shown, tone);
      spaces = after + GAP;
    }
  }
  return text;
}

/** A table without borders: columns parted by two spaces, long cells wrapped to the width of the terminal. */
export function* tableLines(table: Table, paint: Paint, width: number | undefined): Generator<string> {
  const head: PlainRow = table.columns.map(({ title }) => ({ text: plainLine(title), tone: 'dim' }));
  const rows = [head, ...table.rows.map((row) => table.columns.map((_, at) => plainCell(row[at])))];
  const widths = columnWidths(rows, table.columns.length, width);
  for (const row of rows) {
    const wrapped = row.map(({ text }, at) => wrap(text, Math.max(1, widths[at] ?? 1)));
    const height = Math.max(...wrapped.map((lines) => lines.length));
    for (let line = 0; line < height; line += 1) {
      const parts = wrapped.map((lines) => lines[line] ?? '');
      yield rowLine(row, parts, { table, widths, paint });
    }
  }
}
