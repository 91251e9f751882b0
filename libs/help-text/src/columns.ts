import { findGap } from './gap.js';
import { startsWithFlag, type Line } from './lines.js';

/** The columns of one section. Lines are told apart by where they begin, never by what they say. */
export interface Columns {
  /** Where rows begin. */
  readonly row: number;
  /** Where a row without short spelling may begin as well (`      --long` under `  -s, --short`). */
  readonly inner: number;
  /** Where descriptions begin; what begins here or further right is never a row. Infinity when unknown. */
  readonly about: number;
  /** Descriptions stand beside their heads, not below. */
  readonly isBeside: boolean;
  /** Where all heads end, in a table that sets them to the right (citty). */
  readonly headEnd?: number;
}

type Votes = Map<number, number>;
const SHORT = /^-[^\s-](?=$|[\s,|/=[<])/;
const SHORT_AND_LONG = /^-[^\s-](?:, +| *\| *|\/| +)(?=--)/;

/** Measures a block of flags. Undefined when no line right of `floor` could be a flag. */
export function flagColumns(lines: readonly Line[], floor: number): Columns | undefined {
  let row = Number.MAX_SAFE_INTEGER;
  for (const { indent, text } of lines) if (indent > floor && indent < row && startsWithFlag(text)) row = indent;
  if (row === Number.MAX_SAFE_INTEGER) return undefined;
  const inner = innerColumn(lines, row);
  const beside = sameLineColumn(lines, row, inner);
  const about = beside ?? nextLineColumn(lines, row, inner);
  return { row, inner: inner < about ? inner : row, about, isBeside: beside !== undefined };
}

/** The column of long spellings in rows that have a short one, where rows without a short one begin too. */
function innerColumn(lines: readonly Line[], row: number): number {
  let guess = row;
  for (const { indent, text } of lines) {
    if (indent !== row) continue;
    const both = text.charCodeAt(0) === 0x2d ? SHORT_AND_LONG.exec(text) : null;
    if (both !== null) return row + both[0].length;
    if (SHORT.test(text)) guess = row + 4;
  }
  return guess;
}

/** The most frequent column of descriptions that stand beside their head; the leftmost of equals, which invents least. */
function sameLineColumn(lines: readonly Line[], row: number, inner: number): number | undefined {
  const votes: Votes = new Map();
  const others: Votes = new Map();
  for (const { indent, text } of lines) {
    if (indent < row || !startsWithFlag(text)) continue;
    const gap = findGap(text);
    if (gap !== undefined) vote(indent === row || indent === inner ? votes : others, indent + gap.aboutStart);
  }
  return winner(votes) ?? (others.size === 1 ? winner(others) : undefined);
}

/** The column of descriptions that begin below their head. */
function nextLineColumn(lines: readonly Line[], row: number, inner: number): number {
  const votes: Votes = new Map();
  for (let at = 0; at + 1 < lines.length; at += 1) {
    const own = lines[at];
    const next = lines[at + 1];
    if (own === undefined || next === undefined || next.text === '') continue;
    const isRow = (own.indent === row || own.indent === inner) && startsWithFlag(own.text);
    const isRowBelow = next.indent === inner && startsWithFlag(next.text);
    if (isRow && next.indent > own.indent && !isRowBelow) vote(votes, next.indent);
  }
  return winner(votes) ?? Infinity;
}

/** Measures a block of commands or arguments, whose rows all begin in one column right of `floor`. */
export function wordColumns(lines: readonly Line[], floor: number): Columns | undefined {
  let row = Number.MAX_SAFE_INTEGER;
  for (const { indent, text } of lines) if (text !== '' && indent > floor && indent < row) row = indent;
  if (row === Number.MAX_SAFE_INTEGER) return undefined;
  const votes: Votes = new Map();
  for (const { indent, text } of lines) {
    const gap = indent === row ? findGap(text) : undefined;
    if (gap !== undefined) vote(votes, indent + gap.aboutStart);
  }
  const about = winner(votes) ?? Infinity;
  const headEnd = rightEdge(lines, row, about);
  const columns = { row, inner: row, about, isBeside: votes.size > 0 };
  return headEnd === undefined ? columns : { ...columns, headEnd };
}

/** The column where the heads of all lines end that have their description at `about`, when they begin in several. */
function rightEdge(lines: readonly Line[], row: number, about: number): number | undefined {
  const ends = new Set<number>();
  let isRagged = false;
  for (const { indent, text } of lines) {
    const gap = indent >= row && indent < about ? findGap(text) : undefined;
    if (gap === undefined || indent + gap.aboutStart !== about) continue;
    ends.add(indent + gap.headEnd);
    if (ends.size > 1) return undefined;
    isRagged ||= indent > row;
  }
  return isRagged ? [...ends][0] : undefined;
}

function vote(votes: Votes, column: number): void {
  votes.set(column, (votes.get(column) ?? 0) + 1);
}

function winner(votes: Votes): number | undefined {
  let best: number | undefined;
  let most = 0;
  for (const [column, count] of votes) {
    if (count < most || (count === most && best !== undefined && column > best)) continue;
    best = column;
    most = count;
  }
  return best;
}
