/** One line of a page: the column of its first visible character and the text from there. */
export interface Line {
  /** Blanks before the text. */
  readonly indent: number;
  /** The line without blanks at either end; empty for a blank line. */
  readonly text: string;
}

/** How many characters of one line are ever read as anything but prose. Bounds the work per line. */
export const LINE_CAP = 4096;

const BLANK: Line = { indent: 0, text: '' };
const SPACE = 0x20;
const NEWLINE = 0x0a;

/** Cuts a normalised page into lines. Several blank lines in a row count as one. */
export function toLines(text: string): Line[] {
  const lines: Line[] = [];
  let from = 0;
  while (from <= text.length) {
    let end = text.indexOf('\n', from);
    if (end < 0) end = text.length;
    const line = lineOf(text, from, end);
    if (line !== BLANK || lines[lines.length - 1] !== BLANK) lines.push(line);
    from = end + 1;
  }
  return lines;
}

function lineOf(text: string, from: number, end: number): Line {
  let start = from;
  while (start < end && text.charCodeAt(start) === SPACE) start += 1;
  let stop = end;
  while (stop > start && isBlank(text.charCodeAt(stop - 1))) stop -= 1;
  return start === stop ? BLANK : { indent: start - from, text: text.slice(start, stop) };
}

const isBlank = (code: number): boolean => code === SPACE || code === NEWLINE || code === 0x0d || code === 0x09;

/** Index of the first line at or after `from` that has text; `lines.length` when there is none. */
export function nextFilled(lines: readonly Line[], from: number): number {
  let at = from;
  while (at < lines.length && lines[at]?.text === '') at += 1;
  return at;
}

/** The part of a line that may be tokenised. */
export function head(text: string): string {
  return text.length > LINE_CAP ? text.slice(0, LINE_CAP) : text;
}

/** Whether the text begins with something that could be a flag: a dash and a visible character that is no further rule of dashes. */
export function startsWithFlag(text: string): boolean {
  if (text.charCodeAt(0) !== 0x2d || text.length < 2) return false;
  const second = text.charCodeAt(1);
  if (second === SPACE) return false;
  if (second !== 0x2d) return true;
  const third = text.charCodeAt(2);
  return third > SPACE && third !== 0x2d;
}
