import type { Columns } from './columns.js';
import { readFlagHead } from './flag-head.js';
import { findGap, type Gap } from './gap.js';
import { LINE_CAP, startsWithFlag, type Line } from './lines.js';

/** One entry of a section: what it is called and the lines that describe it. */
export interface Row {
  readonly indent: number;
  readonly head: string;
  /** The line the head stands on, as printed. */
  readonly text: string;
  /** Description lines with their columns; an empty text parts paragraphs. */
  readonly about: readonly Line[];
}

interface OpenRow {
  readonly indent: number;
  head: string;
  readonly text: string;
  readonly about: Line[];
  /** Columns at which this row's description was seen; a line there belongs to it. */
  readonly seen: Set<number>;
}

type Starts = (line: Line, columns: Columns) => boolean;

/** Groups a block of flags into rows. Lines left of them close a row and are prose. */
export const flagRows = (lines: readonly Line[], columns: Columns): Row[] => gather(lines, columns, startsFlagRow);

/** Groups a block of commands or arguments into rows: every line in the row column begins one, or whose head ends where all do. */
export const wordRows = (lines: readonly Line[], columns: Columns): Row[] =>
  gather(lines, columns, ({ indent, text }, { row, headEnd }) => {
    if (indent === row || headEnd === undefined) return indent === row;
    const gap = findGap(text);
    return gap !== undefined && indent + gap.headEnd === headEnd;
  });

/** A dash left of the descriptions begins a row, even in a column of its own (tar, busybox). */
const startsFlagRow: Starts = ({ indent, text }, { row, inner, about }) => {
  if (indent < row || !startsWithFlag(text)) return false;
  if (indent === row || indent === inner) return true;
  return indent < about && Number.isFinite(about);
};

function gather(lines: readonly Line[], columns: Columns, starts: Starts): Row[] {
  const rows: OpenRow[] = [];
  let open: OpenRow | undefined;
  let isAfterBlank = false;
  for (const line of lines) {
    if (line.text === '') {
      isAfterBlank = true;
      continue;
    }
    if (open !== undefined && !isAfterBlank && continuesHead(line, open)) {
      addToHead(line, open);
    } else if (starts(line, columns) && !isSeen(line, open, columns)) {
      open = openRow(line, columns);
      rows.push(open);
    } else if (open !== undefined && continues(line, open, { columns, isAfterBlank })) {
      addToAbout(line, open, isAfterBlank);
    } else open = undefined;
    isAfterBlank = false;
  }
  return rows;
}

/** In a column where the open row's description was seen, a line goes on with it. */
const isSeen = ({ indent }: Line, open: OpenRow | undefined, { row }: Columns): boolean =>
  indent !== row && open?.seen.has(indent) === true;

function addToAbout(line: Line, open: OpenRow, isAfterBlank: boolean): void {
  if (isAfterBlank && open.about.length > 0) open.about.push({ indent: 0, text: '' });
  open.about.push(line);
  if (!isTags(line)) open.seen.add(line.indent);
}

function openRow(line: Line, columns: Columns): OpenRow {
  const { indent, text } = line;
  const gap = findGap(text) ?? columnGap(line, columns) ?? dashGap(text);
  const row: OpenRow = { indent, head: gap ? text.slice(0, gap.headEnd) : text, text, about: [], seen: new Set() };
  if (gap === undefined) return row;
  const column = indent + gap.aboutStart;
  row.about.push({ indent: column, text: text.slice(gap.aboutStart) });
  row.seen.add(column);
  return row;
}

/** `-o, --output,   about` above `--out-dir     goes on` (yargs in narrow terminals). */
const continuesHead = ({ indent, text }: Line, open: OpenRow): boolean =>
  indent === open.indent && open.head.length < LINE_CAP && open.head.endsWith(',') && startsWithFlag(text);

function addToHead({ indent, text }: Line, open: OpenRow): void {
  const gap = findGap(text);
  open.head += ` ${gap === undefined ? text : text.slice(0, gap.headEnd)}`;
  if (gap !== undefined) open.about.push({ indent: indent + gap.aboutStart, text: text.slice(gap.aboutStart) });
}

/** One word and placeholders behind it. */
const ONE_WORD = /^\S+(?: (?:[<[]\S+|[A-Z][A-Z0-9_|=.-]*))*$/;

/** A head that fills its column leaves one blank before the description; the column still tells where that is. */
function columnGap({ indent, text }: Line, columns: Columns): Gap | undefined {
  const start = columns.about - indent;
  if (!columns.isBeside || start < 2 || text.length <= start) return undefined;
  if (text[start - 1] !== ' ' || text[start] === ' ' || text[start] === '-') return undefined;
  const isOneHead = text.startsWith('-') ? readFlagHead(text)?.rest !== '' : ONE_WORD.test(text.slice(0, start - 1));
  return isOneHead ? { headEnd: start - 1, aboutStart: start } : undefined;
}

/** `update - Retrieve new lists` (apt). */
function dashGap(text: string): Gap | undefined {
  const dash = text.indexOf(' - ');
  return dash > 0 && text.indexOf(' ') === dash && text[0] !== '-'
    ? { headEnd: dash, aboutStart: dash + 3 }
    : undefined;
}

const LONGEST_TAGS = 512;
/** yargs sets these to the right; too long ones begin left of the descriptions, even left of their row. */
const TAGS = /^\[(?:(?:string|number|boolean|array|count|required)\](?: \[|$)|(?:choices|default|aliases): )/;

const isTags = ({ text }: Line): boolean => text.startsWith('[') && text.length <= LONGEST_TAGS && TAGS.test(text);

function continues(line: Line, open: OpenRow, at: { columns: Columns; isAfterBlank: boolean }): boolean {
  if (!at.isAfterBlank && isTags(line)) return true;
  if (line.indent <= open.indent) return false;
  if (!at.isAfterBlank) return true;
  return line.indent >= at.columns.about || open.seen.has(line.indent) || open.about.length === 0;
}
