import { endOfBracket, readList, splitOutside } from './brackets.js';

/** What a head says about a flag's value. */
export interface ValueForm {
  /** `required` and `optional` take a value, `count` is `-v...`. */
  readonly arity: 'required' | 'optional' | 'count';
  readonly name?: string;
  readonly choices?: readonly string[];
  readonly variadic?: boolean;
  readonly repeatable?: boolean;
  /** A literal in place of a name (`--x=false:`). */
  readonly literal?: string;
}

/** Go's flag packages print the type in place of a name; these collect every occurrence. */
const LIST_TYPES = /^(?:strings|ints|bools|floats|durations|list|map|ips|\w+(?:Array|Slice)|stringTo\w+)$/;
const LITERAL_WORD = /^[a-z0-9][\w.+-]*$/;

/**
 * Reads a value as printed behind a spelling, without its `=`: `<FILE>...`, `[value]`, `{a,b}`, `X [X ...]`, `string`.
 * @param isGlued it follows the spelling without a blank (`--x[=V]`, `-j[N]`)
 */
export function readValueForm(raw: string, isGlued: boolean): ValueForm {
  const text = raw.trim();
  if (text === '...') return isGlued ? { arity: 'required' } : { arity: 'count', repeatable: true };
  if (text === 'count') return { arity: 'count', repeatable: true };
  const parts = splitOutside(text, ' ').filter((part) => part !== '');
  if (parts.length > 1) return severalParts(parts);
  return onePart(text, isGlued);
}

function onePart(text: string, isGlued: boolean): ValueForm {
  const dots = text.includes('=...') ? null : /\.{2,3}$/.exec(text);
  const body = dots === null ? text : text.slice(0, -dots[0].length);
  const many = dots === null ? {} : ({ variadic: true, repeatable: true } as const);
  const inner = insideOf(body);
  if (inner === undefined) return { ...bareForm(body), ...many };
  if (body.startsWith('{')) return { arity: 'required', choices: readList(inner, separatorIn(inner)), ...many };
  if (body.startsWith('<')) return { ...angleForm(inner), ...many };
  return { ...squareForm(inner, isGlued), ...many };
}

/** What stands inside, when one bracket spans the whole text. */
function insideOf(text: string): string | undefined {
  const isBracket = text.startsWith('<') || text.startsWith('[') || text.startsWith('{');
  return isBracket && text.length > 2 && endOfBracket(text, 0) === text.length ? text.slice(1, -1) : undefined;
}

const separatorIn = (list: string): string => (list.includes('|') ? '|' : ',');

/** pflag prints what a flag means without value: `string[="x"]`. */
const NO_VALUE_DEFAULT = /^([a-z]\w*)\[=.*\]$/;

function bareForm(text: string): ValueForm {
  const optional = NO_VALUE_DEFAULT.exec(text);
  if (optional?.[1] !== undefined) return { arity: 'optional', name: optional[1] };
  const plain: ValueForm = { arity: 'required', ...(text === '' ? {} : { name: text }) };
  if (/^\w+\[\]$/.test(text)) return { ...plain, variadic: true, repeatable: true };
  if (LIST_TYPES.test(text)) return { ...plain, repeatable: true };
  const choices = text.includes('|') && !/[<[{]/.test(text) ? choicesOf(text) : undefined;
  return choices === undefined ? plain : { arity: 'required', choices };
}

function angleForm(inner: string): ValueForm {
  const isMany = inner.endsWith('...');
  const name = (isMany ? inner.slice(0, -3) : inner).trim();
  const choices = choicesOf(name);
  return {
    arity: 'required',
    ...(choices === undefined ? { name } : { choices }),
    ...(isMany ? { variadic: true } : {}),
  };
}

/** `[value]` is optional, `[a|b]` behind a blank is click's way to print choices. */
function squareForm(inner: string, isGlued: boolean): ValueForm {
  const stripped = inner.startsWith('=') ? inner.slice(1) : inner;
  const isMany = /\.{2,3}$/.test(stripped);
  const body = (isMany ? stripped.replace(/\s*\.{2,3}$/, '') : stripped).trim();
  const isOptional = isGlued || inner.startsWith('=');
  const list = body.includes('|') ? choicesOf(body, 2) : undefined;
  if (list !== undefined) return { arity: isOptional ? 'optional' : 'required', choices: list };
  const nested = onePart(body, false);
  return { ...nested, arity: 'optional', ...(isMany ? { variadic: true } : {}) };
}

const SWITCH = /^(?:on|off|true|false|yes|no|auto|always|never|none|all)$/;

/** `a|b|c` are choices when every one is a plain lower-case word; two could as well be names of placeholders, unless both switch something. */
function choicesOf(text: string, least = 3): string[] | undefined {
  const words = text.split('|').map((word) => word.trim());
  if (words.length < least && !(words.length === 2 && words.every((word) => SWITCH.test(word)))) return undefined;
  const isWord = (word: string): boolean => LITERAL_WORD.test(word) || (least === 2 && /^[\w.+-]+$/.test(word));
  return words.every(isWord) ? words : undefined;
}

/** `--x string [ --x string ]` (urfave): the whole flag may come again. */
const AGAIN = /^\[ ?--?\w/;

/** `X [X ...]`, `[X ...]`, `<A> <B>`, `FLOAT FLOAT`, `INTEGER RANGE`. */
function severalParts(all: readonly string[]): ValueForm {
  const parts = all.filter((part) => !AGAIN.test(part));
  if (parts.length < all.length) return { ...readValueForm(parts.join(' '), false), repeatable: true };
  const forms = parts.map((part) => onePart(part, false));
  const first = forms[0] ?? { arity: 'required' };
  if (parts.at(-1) === 'RANGE') return { arity: 'required', name: parts.join(' ') };
  const names = [...new Set(forms.flatMap(({ name }) => (name === undefined ? [] : [bareName(name)])))];
  const rest = forms.some(({ repeatable, arity }) => repeatable === true && arity === 'required');
  return {
    arity: first.arity,
    ...(names.length > 0 ? { name: names.join(' ') } : {}),
    ...(first.choices === undefined ? {} : { choices: first.choices }),
    variadic: true,
    ...(rest && parts.length === 1 ? { repeatable: true } : {}),
  };
}

const bareName = (name: string): string => name.split(' ')[0] ?? name;
