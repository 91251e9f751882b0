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
  /** Whether a flag takes a value, as its row says; undefined when it has no row. */
  readonly takesValue: (spelling: string) => boolean | undefined;
}

interface Walk {
  readonly found: Map<string, UsageArg>;
  readonly context: UsageContext;
  /** Set when the alternative calls a command; then it says nothing about the page's own arguments. */
  callsCommand: boolean;
  hasOnlyFlags: boolean;
}

const NO_ARG = /^(?:(?:global|command|common)[ _-]?)?(?:options?|flags?|switches)(?:\.\.\.)?$|^(?:options?|flags?)$/i;
const COMMAND = /^(?:sub-?)?commands?$/i;
const COMMAND_ARGS = /^(?:args?|arguments|command[ _-](?:args|options|arguments))$/i;
const MAX_DEPTH = 24;

/** Arguments of all alternatives in order of appearance; required where every alternative requires them. */
export function argsFromUsage(usage: readonly string[], context: UsageContext): UsageArg[] {
  const walks = usage.slice(0, 64).map((line) => walkLine(line, context));
  const shown = walks.filter(({ hasOnlyFlags, found }) => !hasOnlyFlags || found.size > 0);
  const own = shown.filter(({ callsCommand }) => !callsCommand);
  const telling = own.length > 0 ? own : shown;
  const merged = new Map<string, UsageArg>();
  for (const arg of walks.flatMap(({ found }) => [...found.values()])) {
    const seen = telling.map(({ found }) => found.get(arg.name));
    merged.set(arg.name, {
      name: arg.name,
      required: seen.length > 0 && seen.every((other) => other?.required === true),
      variadic: walks.some(({ found }) => found.get(arg.name)?.variadic === true),
      ...(arg.isBare === true ? { isBare: true } : {}),
    });
  }
  return [...merged.values()];
}

function walkLine(line: string, context: UsageContext): Walk {
  const walk: Walk = { found: new Map(), context, callsCommand: false, hasOnlyFlags: false };
  const tokens = toTokens(capped(line));
  const own = tokens.slice(programWords(tokens, context.words));
  walk.hasOnlyFlags = own.length > 0 && own.every((token) => /^[[(]?-/.test(token) || token === '|');
  walkTokens(own, walk, { required: true, depth: 0 });
  return walk;
}

/** The words that only name the command: as given, else all plain words before the first placeholder. */
function programWords(tokens: readonly string[], words: readonly string[]): number {
  let count = 1;
  while (count < words.length && tokens[count] === words[count]) count += 1;
  if (count === words.length) return count;
  while (count < tokens.length && /^[a-z][\w.:-]*$/.test(tokens[count] ?? '')) count += 1;
  return count;
}

interface Place {
  readonly required: boolean;
  readonly depth: number;
}

function walkTokens(tokens: readonly string[], walk: Walk, place: Place): void {
  let isBehindDashes = false;
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at] ?? '';
    if (token === '--') isBehindDashes = true;
    else if (!isBehindDashes && token.startsWith('-')) at += valueTokens(tokens, at, walk);
    else if (token === '|') place = { ...place, required: false };
    else readToken(token, tokens[at + 1], { walk, place });
  }
}

/** How many tokens behind a flag are its value. */
function valueTokens(tokens: readonly string[], at: number, walk: Walk): number {
  const flag = tokens[at] ?? '';
  const next = tokens[at + 1];
  if (next === undefined || /[=<[]/.test(flag) || /^[-|(]/.test(next) || next === '...') return 0;
  const takes = walk.context.takesValue(flag.replace(/[,.]+$/, ''));
  if (takes === false) return 0;
  return takes === true || /^[<A-Z]/.test(next) ? 1 : 0;
}

function readToken(token: string, next: string | undefined, at: { walk: Walk; place: Place }): void {
  const { walk, place } = at;
  if (/^\[[^<[]*\b(?:options?|flags?)\]$/i.test(token)) return;
  const group = groupOf(token, place);
  if (group !== undefined) return walkGroup(group, walk, place);
  const arg = readArgHead(next === '...' ? `${token}...` : token);
  if (arg === undefined || arg.choices !== undefined) return;
  if (NO_ARG.test(arg.name) || isCommandWord(arg.name, walk)) return;
  addArg(walk, { ...arg, required: place.required && arg.required !== false }, isLiteral(token));
}

/** An argument that appears twice on a line takes several values. */
function addArg(walk: Walk, { name, required, variadic }: UsageArg, isBare: boolean): void {
  const earlier = walk.found.get(name);
  walk.found.set(name, {
    name,
    required: earlier?.required === true || required,
    variadic: variadic || earlier !== undefined,
    ...(isBare && earlier?.isBare !== false ? { isBare: true } : { isBare: false }),
  });
}

/** A lower-case word outside of brackets may as well be a command's name; sections tell, usage does not. */
const isLiteral = (token: string): boolean => /^[^<[{]/.test(token) && !/^[A-Z][A-Z0-9_-]*(?:\.\.\.)?$/.test(token);

function isCommandWord(name: string, walk: Walk): boolean {
  if (!walk.context.hasCommands) return false;
  if (COMMAND.test(name)) walk.callsCommand = true;
  return COMMAND.test(name) || COMMAND_ARGS.test(name);
}

interface Group {
  readonly inner: string;
  /** In square brackets; then what follows a flag inside is its value, however many words. */
  readonly isOptional: boolean;
  readonly required: boolean;
  readonly suffix: string;
}

/** `( … )`, and `[ … ]` or `< … >` with more inside than one name. */
function groupOf(token: string, place: Place): Group | undefined {
  const open = token[0] ?? '';
  if (!/[<[(]/.test(open) || place.depth >= MAX_DEPTH) return undefined;
  const end = endOfBracket(token, 0);
  const inner = token.slice(1, end - 1).trim();
  const isPhrase = open !== '(' && /^[a-z][\w-]*(?: [a-z][\w-]*)+$/.test(inner);
  const isGroup = open === '(' || /^[-[(<]|[ |]/.test(inner);
  const isSimple = /^[\w-]+ ?\.{2,3}$|^<[^<>[\]|]+>(?:\.{2,3})?$/.test(inner);
  if (!isGroup || isPhrase || isSimple) return undefined;
  return { inner, isOptional: open === '[', required: place.required && open !== '[', suffix: token.slice(end) };
}

function walkGroup(group: Group, walk: Walk, place: Place): void {
  const alternatives = splitOutside(group.inner, '|');
  const required = group.required && alternatives.length === 1;
  for (const alternative of alternatives) {
    if (group.isOptional && /^ ?-[^ ]*[^ -]/.test(alternative)) continue;
    const tokens = toTokens(alternative.trim());
    const last = tokens.length - 1;
    const dotted = group.suffix.startsWith('..')
      ? tokens.map((token, at) => (at === last ? `${token}...` : token))
      : tokens;
    walkTokens(
      place.depth > 0 || alternatives.length > 1 || /^[<[(-]/.test(alternative.trim()) ? dotted : bracketed(dotted),
      walk,
      { required, depth: place.depth + 1 },
    );
  }
}

/** In `[file ...]` and `[name value]` the bare words are arguments. */
const bracketed = (tokens: readonly string[]): string[] =>
  tokens.map((token, at) => (at === 0 && /^[a-z]/.test(token) ? `<${token}>` : token));
