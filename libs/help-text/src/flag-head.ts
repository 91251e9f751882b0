import { endOfBracket, unquote } from './brackets.js';
import { head as capped } from './lines.js';
import { readValueForm, type ValueForm } from './value-form.js';

/** What the head of a flag row says. */
export interface FlagHead {
  /** Every spelling with its dashes, in the page's order. */
  readonly spellings: readonly string[];
  readonly negatable: boolean;
  readonly value?: ValueForm;
  /** Prose that stood one blank behind the head and so belongs to the description. */
  readonly rest: string;
}

interface Reader {
  readonly text: string;
  readonly spellings: string[];
  at: number;
  negatable: boolean;
  value: ValueForm | undefined;
  rest: string;
  /** A spelling came twice, once without the value (`--check, --check=WHEN`). */
  isTwice: boolean;
}

const OPTIONAL_PREFIX = /^--?\[([a-z]+-?)\]/;
const SPELLING = /^--?[^\s,|/=<>[\](){}:'"*]+/;
const SHORT_SYMBOL = /^-[^\s\w,|=*-](?=$|[\s,|=[<])/;

/**
 * Reads `-c, --config <key=value>` and its relatives.
 * @returns undefined when the text is no flag
 */
export function readFlagHead(text: string): FlagHead | undefined {
  const reader: Reader = {
    text: capped(text),
    spellings: [],
    at: 0,
    negatable: false,
    value: undefined,
    rest: '',
    isTwice: false,
  };
  while (reader.at < reader.text.length && readSpelling(reader)) {
    readValue(reader);
    if (!skipSeparator(reader)) break;
  }
  if (reader.spellings.length === 0) return undefined;
  if (reader.rest === '') reader.rest = leftover(reader);
  const { spellings, negatable, value, rest } = reader;
  return { spellings, negatable, rest, ...(value === undefined ? {} : { value }) };
}

function readSpelling(reader: Reader): boolean {
  const here = reader.text.slice(reader.at, reader.at + 256);
  const negation = OPTIONAL_PREFIX.exec(here);
  const body = negation === null ? here : `--${here.slice(negation[0].length)}`;
  const found = SHORT_SYMBOL.exec(body) ?? SPELLING.exec(body);
  if (found === null || !/^-[^-]|^--[^-]/.test(found[0])) return false;
  const spelling = found[0].replace(/\.{2,}$/, '');
  reader.at += spelling.length + (negation === null ? 0 : negation[0].length - 2);
  addSpelling(reader, spelling);
  if (negation !== null) addPrefixed(reader, negation[1] ?? '', spelling);
  return true;
}

/** `--[no-]x` can be negated; with any other word in brackets (`--[section-]headers`) both are spellings. */
function addPrefixed(reader: Reader, prefix: string, spelling: string): void {
  if (prefix.startsWith('no')) reader.negatable = true;
  else addSpelling(reader, `--${prefix}${spelling.slice(2)}`);
}

/** `--x / --no-x` (click) is one flag that can be negated. */
function addSpelling(reader: Reader, spelling: string): void {
  const isNegation = spelling.startsWith('--no-') && reader.spellings.includes(`--${spelling.slice(5)}`);
  if (isNegation) reader.negatable = true;
  else if (reader.spellings.includes(spelling)) reader.isTwice = reader.value === undefined;
  else reader.spellings.push(spelling);
}

function readValue(reader: Reader): void {
  const { text, at } = reader;
  const next = text[at];
  if (next === '=' || next === ':') return readGlued(reader, at + 1);
  if (next === '[' || next === '<' || next === '{') return readGlued(reader, at);
  if (text.startsWith('...', at)) return keep(reader, readValueForm('...', false), at + 3);
  if (next !== ' ' || /[-,|/]/.test(text[at + 1] ?? '-')) return;
  readSpaced(reader, at + 1);
}

function readGlued(reader: Reader, from: number): void {
  const { text } = reader;
  if (text.endsWith(':') && text[from - 1] === '=') return readLiteral(reader, from);
  const end = endOfWord(text, from);
  if (end === from && text[from - 1] === '=') return keep(reader, { arity: 'required' }, from);
  if (end > from) keep(reader, readValueForm(text.slice(from, end), true), end);
  else reader.at = from;
  if (text[from - 1] === '=' && text[from] === '[' && reader.value !== undefined) reader.at = end;
}

/** `--x=false:` prints the default in place of a name (kubernetes tools); its kind tells the type. */
function readLiteral(reader: Reader, from: number): void {
  const literal = reader.text.slice(from, -1);
  const isSwitch = literal === 'true' || literal === 'false';
  const isList = literal.startsWith('[');
  const form: ValueForm = { arity: isSwitch ? 'count' : 'required', literal: unquote(literal) };
  keep(reader, isList ? { ...form, repeatable: true } : form, reader.text.length);
}

function keep(reader: Reader, form: ValueForm, end: number): void {
  const whole = reader.value === undefined ? form : { ...reader.value, ...form };
  reader.value = reader.isTwice && whole.arity === 'required' ? { ...whole, arity: 'optional' } : whole;
  reader.at = end;
}

const OPENER = /[<[{(]/;

/** End of a value word: brackets are whole, a comma before a further spelling ends it. */
function endOfWord(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const char = text[at] ?? '';
    if (char === ' ') break;
    if (char === ',' && (at + 1 === text.length || text[at + 1] === ' ')) break;
    at = OPENER.test(char) ? endOfBracket(text, at) : at + 1;
  }
  return at;
}

/** Words behind a blank: placeholders are the value, two plain lower-case words are prose. */
function readSpaced(reader: Reader, from: number): void {
  const words: string[] = [];
  let end = from;
  while (end < reader.text.length) {
    const stop = endOfWord(reader.text, end);
    const word = reader.text.slice(end, stop);
    if (word === '' || !isValueWord(word, words.length)) break;
    words.push(word);
    end = stop;
    if (reader.text[end] !== ' ' || /[-|/,]/.test(reader.text[end + 1] ?? '-')) break;
    end += 1;
  }
  if (words.length === 0) return;
  const isProse = words.length === 1 && isWord(words[0] ?? '') && /^[^\s\-,|/]/.test(reader.text.slice(end));
  if (isProse) reader.rest = reader.text.slice(from).trim();
  else keep(reader, readValueForm(words.join(' '), false), end);
  if (isProse) reader.at = reader.text.length;
}

/** `string`, or `Use` as sentences begin: with more words behind it, it is no placeholder. */
const isWord = (word: string): boolean =>
  (/^[a-z]/.test(word) && !/[<[{|=]/.test(word)) || /^[A-Z][a-z]+(?:-[a-z]+)*$/.test(word);

function isValueWord(word: string, index: number): boolean {
  if (/^[<[{]/.test(word) || word === '...') return true;
  if (/^[A-Z][A-Z0-9_:=/.|<>[\]-]*(?:\.\.\.)?$/.test(word)) return true;
  return (
    index === 0 &&
    (/^#\d+$/.test(word) || /^[\w.:=/|<>[\]+@%*{},-]+$/.test(word) || /^[a-z]\w*\[="[^"]*"\]$/.test(word))
  );
}

function skipSeparator(reader: Reader): boolean {
  const separator = /^(?: *[,|/] *| +)(?=-)/.exec(reader.text.slice(reader.at, reader.at + 64));
  if (separator === null) return false;
  reader.at += separator[0].length;
  return true;
}

function leftover({ text, at }: Reader): string {
  return text
    .slice(at)
    .replace(/^[\s,:]+/, '')
    .trim();
}
