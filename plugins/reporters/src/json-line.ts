import { plainJson } from '@cliparity/model';

/** A JSON document on one line, which no terminal obeys. */
export function jsonLine(value: unknown): string {
  // Line ends inside strings are escaped, so every one that is left is indentation.
  return `${plainJson(value).replace(/\n */g, '')}\n`;
}
