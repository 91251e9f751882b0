import { plainLine } from '../plain-text.js';

/**
 * One line of text as GitHub Markdown that renders as exactly that text: HTML, pipes and marks are escaped. An underscore inside a word is no
 * mark there and stays readable.
 */
export function escapeMarkdown(text: string): string {
  return plainLine(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[\\`*[\]~|$]/g, '\\$&')
    .replace(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, '\\_')
    .replace(/^(\s*)([#+=-])/, '$1\\$2')
    .replace(/^(\s*\d+)([.)])/, '$1\\$2');
}
