import { readArgHead } from './arg-head.js';
import { endOfBracket, splitOutside } from './brackets.js';
import { head as capped } from './lines.js';
import { toTokens } from './tokens.js';

/** A positional argument as usage lines show it. */
export interface UsageArg {
  readonly name: string;
  readonly required: boolean;
  readonly variadic: boolean;
  /** A plain lower-case word: an argument only when a section lists it, else it may be a command's name. */
  readonly isBare?: boolean;
}

/** What a usage line is read against. */
export interface UsageContext {
  /** The program and the command's words, when known. */
  readonly words: readonly string[];
  readonly hasCommands: boolean;
  /** Names of the commands that the page lists. */
  readonly commands?: ReadonlySet<string>;
  /** Whether a flag takes a value, as its row says; undefined when it has no row. */
  readonly takesValue: (spelling: string) => boolean | undefined;
}

/** What one alternative of a usage shows. */
export interface UsageWalk {
  readonly found: Map<string, UsageArg>;
  /** Flags that stand outside of all brackets and alternatives. */
  readonly flags: Set<string>;
  readonly context: UsageContext;
  /** The alternative calls a command; then it says nothing about the page's own arguments. */
  callsCommand: boolean;
  /** `prog --version` says nothing about arguments either. */
  hasOnlyFlags: boolean;
}

interface Place {
  readonly required: boolean;
  readonly depth: number;
}

const NO_ARG = /^(?:(?:global|command|common)[ _-]?)?(?:opt(?:ion)?s?|flags?|switches)(?:\.\.\.)?$/i;
const COMMAND = /^(?:sub-?)?commands?$/i;
const COMMAND_ARGS = /^(?:args?|arguments|command[ _-](?:args|options|arguments))$/i;
const OPTIONS_GROUP = /^\[(?:[^<[]*\b(?:options?|flags?)|options? [^<[]*)\]$/i;
const MAX_DEPTH = 24;

/** Reads one usage line, left to right. Brackets nest at most 24 deep; what is deeper says nothing. */
export function walkUsage(line: string, context: UsageContext): UsageWalk {
  const walk: UsageWalk = { found: new Map(), flags: new Set(), context, callsCommand: false, hasOnlyFlags: false };
  const tokens = toTokens(capped(line).replaceAll('…', '...'));
  const own = tokens.slice(programWords(tokens, context.words));
  if (context.commands?.has(own[0] ?? '') === true) return { ...walk, callsCommand: true };
  walk.hasOnlyFlags = own.length > 0 && own.every((token) => /^[[(]?-/.test(token) || token === '|');
  walkTokens(own, walk, { required: true, depth: 0 });
  return walk;
}

/** The words that only name the command: as given, else all plain words before the first placeholder. */
function programWords(tokens: readonly string[], words: readonly string[]): number {
  let count = 1;
  while (count < words.length && names(tokens[count], words[count])) count += 1;
  if (count === words.length) return count;
  while (count < tokens.length && /^[a-z][\w.:-]*$/.test(tokens[count] ?? '')) count += 1;
  return count;
}

/** Whether a usage's word is a command's: as it is, or among its aliases (commander's `install|i`). */
const names = (token = '', word = ''): boolean =>
  token === word || (/^[\w.:-]+(?:\|[\w.:-]+)+$/.test(token) && token.split('|').includes(word));

function walkTokens(tokens: readonly string[], walk: UsageWalk, from: Place): void {
  let place = from;
  let isBehindDashes = false;
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at] ?? '';
    if (token === '--') isBehindDashes = true;
    else if (!isBehindDashes && token.startsWith('-')) {
      if (place.depth === 0 && place.required) walk.flags.add(token.replace(/[=[].*$/, ''));
      at += valueTokens(tokens, at, walk);
    } else if (token === '|') {
      place = { ...place, required: false };
      if (place.depth === 0) walk.flags.clear();
    } else readToken(token, tokens[at + 1], { walk, place });
  }
}

/** How many tokens behind a flag are its value. */
function valueTokens(tokens: readonly string[], at: number, walk: UsageWalk): number {
  const flag = tokens[at] ?? '';
  const next = tokens[at + 1];
  if (next === undefined || /[=<[]/.test(flag) || /^[-|(]/.test(next) || next === '...') return 0;
  const takes = walk.context.takesValue(flag.replace(/[,.]+$/, ''));
  if (takes === false) return 0;
  const isValue = takes === true || /^[<A-Za-z]/.test(next);
  // argparse's `-x X [X ...]`
  return isValue ? (tokens[at + 2] === `[${next} ...]` ? 2 : 1) : 0;
}

function readToken(token: string, next: string | undefined, at: { walk: UsageWalk; place: Place }): void {
  const { walk, place } = at;
  if (OPTIONS_GROUP.test(token)) return;
  const whole = next === '...' || next === '[...]' ? `${token}...` : token;
  const group = groupOf(whole, place);
  if (group !== undefined) return walkGroup(group, walk, place);
  const arg = readArgHead(whole);
  if (arg === undefined || arg.choices !== undefined) return;
  if (NO_ARG.test(arg.name) || isCommandWord(arg.name, walk)) return;
  addArg(walk, { ...arg, required: place.required && arg.required !== false }, isLiteral(token));
}

/** An argument that appears twice on a line takes several values. */
function addArg(walk: UsageWalk, { name, required, variadic }: UsageArg, isBare: boolean): void {
  const earlier = walk.found.get(name);
  walk.found.set(name, {
    name,
    required: earlier?.required === true || required,
    variadic: variadic || earlier !== undefined,
    isBare: isBare && earlier?.isBare !== false,
  });
}

/** A lower-case word outside of brackets may as well be a command's name. */
const isLiteral = (token: string): boolean => /^[^<[{]/.test(token) && !/^[A-Z][A-Z0-9_-]*(?:\.\.\.)?$/.test(token);

function isCommandWord(name: string, walk: UsageWalk): boolean {
  if (!walk.context.hasCommands) return false;
  if (COMMAND.test(name)) walk.callsCommand = true;
  return COMMAND.test(name) || COMMAND_ARGS.test(name);
}

interface Group {
  readonly inner: string;
  /** In square brackets; then what follows a flag inside is its value, however many words. */
  readonly isOptional: boolean;
  readonly isAngle: boolean;
  readonly required: boolean;
  readonly suffix: string;
}

const PHRASE = /^[A-Za-z][\w-]*(?: [A-Za-z][\w-]*)+$/;
const ONE_NAME = /^[\w-]+ ?\.{2,3}$|^<[^<>[\]|]+>(?:\.{2,3})?$/;

/** `( … )`, and `[ … ]`, `< … >` or `{ … | … }` with more inside than one name. */
function groupOf(token: string, place: Place): Group | undefined {
  const open = token[0] ?? '';
  if (!/[<[({]/.test(open) || place.depth >= MAX_DEPTH) return undefined;
  const end = endOfBracket(token, 0);
  const inner = token.slice(1, end - 1).trim();
  if (open === '{' && !inner.includes('<')) return undefined;
  const isGroup = open === '(' || open === '{' || /^[-[(<]|[ |]/.test(inner);
  if (!isGroup || ONE_NAME.test(inner) || (open !== '(' && PHRASE.test(inner))) return undefined;
  const required = place.required && open !== '[';
  return { inner, isOptional: open === '[', isAngle: open === '<', required, suffix: token.slice(end) };
}

function walkGroup(group: Group, walk: UsageWalk, place: Place): void {
  const alternatives = splitOutside(group.inner, '|').map((alternative) => alternative.trim());
  const isChoice = alternatives.length > 1;
  const either = isChoice ? eitherOf(alternatives, group) : undefined;
  if (either !== undefined) return addArg(walk, either, either.isBare === true);
  const isFlag = (alternatives[0] ?? '').startsWith('-');
  const inner: Place = { required: group.required && !isChoice, depth: place.depth + 1 };
  for (const alternative of alternatives) {
    if (group.isOptional && (/^-[^ ]*[^ -]/.test(alternative) || (isFlag && /^[\w.-]+$/.test(alternative)))) continue;
    walkTokens(groupTokens(alternative, group, isChoice || place.depth > 0), walk, inner);
  }
}

/** `<file|url>`, `[<a>|<b>]` and `[a|b ...]` are one argument with several names. */
function eitherOf(alternatives: readonly string[], { isAngle, required, suffix }: Group): UsageArg | undefined {
  const isNamed = alternatives.every((alternative) => /^<[^<> ]+>$/.test(alternative));
  const isPlain = alternatives.every((alternative) => /^[A-Za-z][\w.:-]*(?: ?\.{2,3})?$/.test(alternative));
  if (!isNamed && !isPlain) return undefined;
  const name = alternatives.map((alternative) => alternative.replace(/^<|>$| ?\.{2,3}$/g, '')).join('|');
  const isMany = suffix.startsWith('..') || alternatives.at(-1)?.endsWith('..') === true;
  return { name, required, variadic: isMany, isBare: isPlain && !isAngle };
}

/** Dots behind a group repeat its last member; in `[file ...]` and `[name value]` the bare words are arguments. */
function groupTokens(alternative: string, { suffix }: Group, isPlain: boolean): string[] {
  const tokens = toTokens(alternative);
  const last = tokens.length - 1;
  if (suffix.startsWith('..') && last >= 0) tokens[last] = `${tokens[last] ?? ''}...`;
  const first = tokens[0] ?? '';
  if (!isPlain && /^[a-z]/.test(first)) tokens[0] = `<${first}>`;
  return tokens;
}
