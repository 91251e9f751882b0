import { endOfBracket, readList } from './brackets.js';
import { head as capped } from './lines.js';

/** What the head of an argument row, or one placeholder of a usage line, says. */
export interface ArgHead {
  readonly name: string;
  /** Undefined when the notation does not tell (a bare name). */
  readonly required?: boolean;
  readonly variadic: boolean;
  readonly choices?: readonly string[];
}

/** Reads `<NAME>`, `[NAME]...`, `[name..]`, `[...name]`, `{a,b}`, `FILE` or `prompt`; undefined when the text is none of them. */
export function readArgHead(text: string): ArgHead | undefined {
  const whole = capped(text).trim().replace(/:$/, '').replaceAll('…', '...');
  const first = firstToken(whole);
  const rest = whole.slice(first.length).trim();
  if (!isRepetition(rest)) return undefined;
  const dots = /\.{2,3}$/.exec(first);
  const body = dots === null ? first : first.slice(0, -dots[0].length);
  const parsed = readBody(body);
  if (parsed === undefined) return undefined;
  return { ...parsed, variadic: parsed.variadic || dots !== null || rest !== '' };
}

function firstToken(text: string): string {
  let end = 0;
  while (end < text.length && text[end] !== ' ')
    end = /[<[{]/.test(text[end] ?? '') ? endOfBracket(text, end) : end + 1;
  return text.slice(0, end);
}

/** What may follow a name: `...`, `[NAME ...]` or a second placeholder of the same argument. */
const isRepetition = (rest: string): boolean =>
  rest === '' || rest === '...' || /^[<[][^<>[\]]*\.{2,3}[\]>]$/.test(rest) || /^(?:<[^<> ]+> ?)+$/.test(rest);

function readBody(body: string): ArgHead | undefined {
  const bracket = body[0] ?? '';
  if (/[<[{(]/.test(bracket) && endOfBracket(body, 0) !== body.length) return undefined;
  const inner = body.slice(1, -1).trim();
  if (bracket === '{') return inner === '' ? undefined : { name: body, variadic: false, choices: readList(inner) };
  if (bracket === '<' || bracket === '[') return readBracketed(inner, bracket === '<');
  return isArgName(body) ? { name: body, variadic: false } : undefined;
}

function readBracketed(text: string, required: boolean): ArgHead | undefined {
  const nested = /^[<[]/.test(text) ? readArgHead(text) : undefined;
  if (nested !== undefined) return { ...nested, required };
  const variadic = /^\.{3}|\.{2,3}$/.test(text);
  const name = text.replace(/^\.{3}|\.{2,3}$/, '').trim();
  return isArgName(name) || PHRASE.test(name) ? { name, required, variadic } : undefined;
}

/** `[entry points]` names one argument with two words. */
const PHRASE = /^[A-Za-z][\w-]*(?: [A-Za-z][\w-]*){1,3}$/;

/** Names may be almost anything visible, but never look like a flag. */
export const isArgName = (name: string): boolean => /^[\p{L}\p{N}_@$+][^\s<>[\](){},;"`]*$/u.test(name);
