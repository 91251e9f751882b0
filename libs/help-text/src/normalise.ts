/** Escapes, backspaces, tabs and other control characters but LF: a page without them is returned as it is. */
const DIRTY = /[^\P{Cc}\n]/u;
const ESCAPE = 0x1b;
const TAB_WIDTH = 8;
/** Columns behind which nothing is measured any more; tabs there are blanks, so that a line of tabs stays small. */
const WIDEST = 4096;

/**
 * Brings a page as a program printed it into the form the engine reads: no terminal escapes (CSI, OSC and the
 * two-byte ones), no overstrikes (`x BS x`), LF newlines, tabs expanded to columns of 8, no trailing blanks.
 * Total and linear; a page that is clean already costs one scan.
 */
export function normaliseHelp(text: string): string {
  if (!DIRTY.test(text)) return text;
  const unescaped = text.includes('\u001b') || text.includes('\u009b') ? stripEscapes(text) : text;
  const lines = unescaped
    .replaceAll('\r\n', '\n')
    .replaceAll('\r', '\n')
    .replace(/[\f\v]/g, '\n')
    .split('\n');
  return lines.map(cleanLine).join('\n');
}

function cleanLine(line: string): string {
  const visible = line.includes('\b') ? applyBackspaces(line) : line;
  const spaced = visible.includes('\t') ? expandTabs(visible) : visible;
  return spaced.includes('\u0000') ? spaced.replaceAll('\u0000', ' ') : spaced;
}

/** `N BS N` is a bold N, `_ BS N` an underlined one: what is overstruck disappears. */
function applyBackspaces(line: string): string {
  const kept: string[] = [];
  for (const char of line) {
    if (char === '\b') kept.pop();
    else kept.push(char);
  }
  return kept.join('');
}

function expandTabs(line: string): string {
  let column = 0;
  let out = '';
  const cells = line.split('\t');
  cells.forEach((cell, index) => {
    out += cell;
    column += cell.length;
    if (index === cells.length - 1) return;
    const fill = column > WIDEST ? 1 : TAB_WIDTH - (column % TAB_WIDTH);
    out += ' '.repeat(fill);
    column += fill;
  });
  return out;
}

/** Removes ECMA-48 sequences by hand: one pass, whatever the input, which no regular expression promises as plainly. */
function stripEscapes(text: string): string {
  const parts: string[] = [];
  let from = 0;
  let at = nextEscape(text, 0);
  while (at < text.length) {
    parts.push(text.slice(from, at));
    from = endOfEscape(text, at);
    at = nextEscape(text, from);
  }
  parts.push(text.slice(from));
  return parts.join('');
}

function nextEscape(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === ESCAPE || code === 0x9b) return at;
  }
  return text.length;
}

/** Where the sequence that begins at `at` ends. An unfinished one ends with its line, so no text is lost behind it. */
function endOfEscape(text: string, at: number): number {
  if (text.charCodeAt(at) === 0x9b) return endOfCsi(text, at + 1);
  const kind = text[at + 1];
  if (kind === '[') return endOfCsi(text, at + 2);
  if (kind === ']' || kind === 'P' || kind === '_' || kind === '^') return endOfString(text, at + 2);
  if (kind === undefined || kind === '\n') return at + 1;
  return isIntermediate(text.charCodeAt(at + 1)) ? Math.min(at + 3, text.length) : at + 2;
}

const isIntermediate = (code: number): boolean => code >= 0x20 && code <= 0x2f;

function endOfCsi(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) >= 0x20 && text.charCodeAt(at) <= 0x3f) at += 1;
  const final = text.charCodeAt(at);
  return final >= 0x40 && final <= 0x7e ? at + 1 : at;
}

/** A string sequence (OSC, DCS, …) ends with BEL or ST. */
function endOfString(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x07) return at + 1;
    if (code === 0x0a) return at;
    if (code === ESCAPE) return text[at + 1] === '\\' ? at + 2 : at;
  }
  return text.length;
}
