import { closerOf, endOfBracket, readList } from './brackets.js';
import type { Facts } from './facts.js';
import type { NoteRule, Style } from './style.js';

/** How far from the end of a description a remark may begin, and how many are read. Bounds the work per unit. */
const TAIL = 16_384;
const MOST_NOTES = 12;

/**
 * Takes the remarks off a description's end, right to left, and puts what they say into `facts`.
 * @returns the description without them
 */
export function takeNotes(about: string, facts: Facts, style: Style): string {
  let text = about;
  for (let taken = 0; taken < MOST_NOTES; taken += 1) {
    const shorter = takeLast(text, facts, style);
    if (shorter === undefined) break;
    text = shorter;
  }
  const leading = takeLeading(text, facts, style);
  if (facts.default === undefined) readLooseDefault(leading, facts, style);
  return leading;
}

function takeLast(text: string, facts: Facts, style: Style): string | undefined {
  const ends = /[\])>]\.?$/.exec(text.slice(-2));
  if (ends === null) return undefined;
  const isFullStop = ends[0].endsWith('.');
  const end = text.length - (isFullStop ? 2 : 1);
  const close = text[end];
  const begin = openerOf(text, end, style);
  if (begin < 0 || closerOf(text[begin] ?? '') !== close) return undefined;
  if (!readNote(text.slice(begin, end), facts, style)) return undefined;
  return text.slice(0, begin).trimEnd();
}

/** The balanced opener, or, when the literal inside has brackets of its own, the last one that begins a known remark. */
function openerOf(text: string, end: number, style: Style): number {
  const floor = Math.max(0, end - TAIL);
  const close = text[end];
  let depth = 0;
  for (let at = end; at >= floor; at -= 1) {
    const char = text[at] ?? '';
    if (char === close) depth += 1;
    else if (closerOf(char) === close) {
      depth -= 1;
      if (depth === 0 && ruleFor(text.slice(at, at + 64), style) !== undefined) return at;
      if (depth === 0) break;
    }
  }
  return lastKnownOpener(text.slice(floor, end), floor, style);
}

function lastKnownOpener(tail: string, floor: number, style: Style): number {
  const lower = tail.toLowerCase();
  let best = -1;
  for (const rule of style.notes) {
    if (rule.whole !== true) best = Math.max(best, lower.lastIndexOf(rule.open + rule.starts));
  }
  return best < 0 ? -1 : best + floor;
}

function ruleFor(note: string, style: Style): NoteRule | undefined {
  const inside = note.slice(1).toLowerCase();
  return style.notes.find(({ open, starts }) => note.startsWith(open) && inside.startsWith(starts));
}

/** Reads one remark, or several in one bracket. The first part has to be known; click puts ranges behind it. */
function readNote(note: string, facts: Facts, style: Style): boolean {
  const inside = note.slice(1);
  const parts = style.noteSeparator === undefined ? [inside] : inside.split(style.noteSeparator);
  const read = parts.map((part) => readPart(note.charAt(0), part.trim(), { facts, style }));
  return read[0] === true;
}

function readPart(open: string, part: string, into: { facts: Facts; style: Style }): boolean {
  const lower = part.toLowerCase();
  for (const rule of into.style.notes) {
    if (rule.open !== open || !lower.startsWith(rule.starts)) continue;
    if (rule.whole === true && lower !== rule.starts) continue;
    rule.apply(part.slice(rule.starts.length).trim(), into.facts);
    return true;
  }
  return false;
}

/** oclif puts remarks before the description: `(required)`, `[default: x, env: Y]`, and `(a|b)` for an argument's choices. */
function takeLeading(text: string, facts: Facts, style: Style): string {
  let rest = text;
  for (let taken = 0; taken < MOST_NOTES && style.loose && /^[[(]/.test(rest); taken += 1) {
    const end = endOfBracket(rest.slice(0, TAIL), 0);
    const inside = rest.slice(1, end - 1);
    const isChoice = rest.startsWith('(') && /^[\w.-]+\|[\w.|-]+$/.test(inside) && end < rest.length;
    if (isChoice) facts.choices ??= readList(inside, '|');
    else if (!readNote(rest.slice(0, end - 1), facts, style)) break;
    rest = rest.slice(end).trimStart();
  }
  return rest;
}

function readLooseDefault(text: string, facts: Facts, style: Style): void {
  if (style.looseDefault === undefined) return;
  const found = style.looseDefault.exec(text.slice(0, TAIL));
  const literal = found?.slice(1).find((group) => group !== undefined);
  if (literal !== undefined) facts.default = literal;
}
