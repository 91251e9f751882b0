import type { Line } from './lines.js';

/**
 * Undoes line wrapping: the lines of a paragraph are joined with a blank, paragraphs with an empty line, so that the
 * same text comes out at any width of the terminal.
 * @param joinHyphens lines that end in a hyphen after a letter are joined without a blank (Python's textwrap breaks there)
 */
export function unwrap(lines: readonly Line[], joinHyphens = false): string {
  const paragraphs: string[] = [];
  let current = '';
  for (const { text } of lines) {
    if (text === '') {
      if (current !== '') paragraphs.push(current);
      current = '';
    } else if (current === '') current = text;
    else current += joinHyphens && BROKEN_WORD.test(current.slice(-2)) ? text : ` ${text}`;
  }
  if (current !== '') paragraphs.push(current);
  return paragraphs.join('\n\n');
}

const BROKEN_WORD = /^[A-Za-z]-$/;
