import { endOfBracket } from './brackets.js';

/** Words at blanks; what stands in brackets stays whole. */
export function toTokens(text: string): string[] {
  const tokens: string[] = [];
  let at = 0;
  while (at < text.length) {
    while (text[at] === ' ') at += 1;
    let end = at;
    while (end < text.length && text[end] !== ' ') {
      end = /[<[({]/.test(text[end] ?? '') ? endOfBracket(text, end) : end + 1;
    }
    if (end > at) tokens.push(text.slice(at, end));
    at = end;
  }
  return tokens;
}
