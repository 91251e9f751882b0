import { head as capped } from './lines.js';
import { toTokens } from './tokens.js';

/** What the head of a command row says. */
export interface CommandHead {
  readonly name: string;
  readonly aliases: readonly string[];
  /** The row lists a command below `name`, whose description this is not. */
  readonly isNested: boolean;
}

const NAME = /^[A-Za-z0-9@_][\w.:+@/-]*$/;
const MOST_WORDS = 4;

/**
 * Reads the head of a row in a section of commands: `exec`, `name:`, `a, b`, `a|b [options]`, `checkout (co)`,
 * `prog run [message..]`.
 * @param words the program and the command the page is about; a row may repeat them
 * @returns undefined when the text is no command
 */
export function readCommandHead(text: string, words: readonly string[]): CommandHead | undefined {
  const tokens = toTokens(capped(text));
  const own = tokens.slice(repeated(tokens, words));
  const first = own[0];
  if (first === undefined) return undefined;
  const named = readNames(own);
  if (named === undefined) return undefined;
  const rest = own.slice(named.used);
  const bare = rest.filter((token) => !isPlaceholder(token));
  if (bare.length >= MOST_WORDS || !bare.every((token) => NAME.test(token))) return undefined;
  return { name: named.names[0] ?? first, aliases: named.names.slice(1), isNested: bare.length > 0 };
}

/** Whether a row shows how to call the page's own command (yargs' default command, `prog [file]`). */
export function isOwnUsage(text: string, words: readonly string[]): boolean {
  const tokens = toTokens(capped(text));
  const skip = repeated(tokens, words);
  return skip > 0 && tokens.slice(skip).every(isPlaceholder);
}

const isPlaceholder = (token: string): boolean =>
  /^[<[{(-]/.test(token) || /^[A-Z][A-Z0-9_|=.-]*$/.test(token) || token === '...';

/** How many leading tokens repeat the end of `words` (`prog mcp` or only `mcp`), always leaving one. */
function repeated(tokens: readonly string[], words: readonly string[]): number {
  for (let skip = 0; skip < words.length; skip += 1) {
    const tail = words.slice(skip);
    if (tail.length < tokens.length && tail.every((word, index) => tokens[index] === word)) return tail.length;
  }
  return 0;
}

/** `a, b`, `a|b`, `a (b)`, `a:` and docker's `a*`. */
function readNames(tokens: readonly string[]): { names: string[]; used: number } | undefined {
  const names: string[] = [];
  let used = 0;
  for (const token of tokens) {
    const wantsMore = used === 0 || tokens[used - 1]?.endsWith(',') === true;
    const isAlias = used === 1 && /^\([\w, |-]+\)$/.test(token);
    if (!wantsMore && !isAlias) break;
    const found = token
      .replace(/^\((.*)\)$/, '$1')
      .split(/[|,]/)
      .map(trimMark)
      .filter((name) => name !== '');
    if (!found.every((name) => NAME.test(name))) return used === 0 ? undefined : { names, used };
    names.push(...found);
    used += 1;
  }
  return names.length === 0 ? undefined : { names, used };
}

const trimMark = (name: string): string => name.trim().replace(/[:*]$/, '');
