import { LINE_CAP } from './lines.js';

/** Where a row's head ends and its description begins, both as offsets into the row's text. */
export interface Gap {
  readonly headEnd: number;
  readonly aboutStart: number;
}

/**
 * The first run of two blanks outside a head's own punctuation. `-V,  --version` (wget) pads between spellings, so a
 * run after a comma and before a dash does not count; ` : ` (python) separates like a run.
 */
export function findGap(text: string): Gap | undefined {
  const limit = Math.min(text.length, LINE_CAP);
  let at = text.indexOf(' ');
  while (at > 0 && at < limit) {
    const gap = gapAt(text, at);
    if (gap !== undefined) return gap;
    at = text.indexOf(' ', afterBlanks(text, at));
  }
  return undefined;
}

function gapAt(text: string, at: number): Gap | undefined {
  const end = afterBlanks(text, at);
  if (text[end] === ':' && text[end + 1] === ' ') return { headEnd: at, aboutStart: afterBlanks(text, end + 1) };
  if (text[end] === '.') return leader(text, at, end);
  if (end - at < 2) return undefined;
  if (text[at - 1] === ',' && text[end] === '-') return undefined;
  return { headEnd: at, aboutStart: end };
}

/** `--config file ....... about` (nodemon): dots lead to the description. */
function leader(text: string, at: number, from: number): Gap | undefined {
  let end = from;
  while (text[end] === '.') end += 1;
  const isLeader = end - from >= 4 && text[end] === ' ';
  if (isLeader) return { headEnd: at, aboutStart: afterBlanks(text, end) };
  return from - at < 2 ? undefined : { headEnd: at, aboutStart: from };
}

function afterBlanks(text: string, at: number): number {
  let end = at;
  while (text.charCodeAt(end) === 0x20) end += 1;
  return end;
}
