import type { Cell, Result, Table, Tone } from '@cliparity/model';
import type { Reporter } from '@cliparity/plugin-api';
import { escapeMarkdown } from './escape.js';

const MARKS: { readonly [T in Tone]: string } = { good: '', bad: '**', warn: '_', dim: '' };

function cellText(cell: Cell | string | undefined): string {
  const { text, tone = 'good' } = typeof cell === 'object' ? cell : { text: cell ?? '' };
  const escaped = escapeMarkdown(text).trim();
  return escaped === '' ? '' : `${MARKS[tone]}${escaped}${MARKS[tone]}`;
}

function* tableText({ title, columns, rows }: Table): Generator<string> {
  if (title !== undefined) yield `\n### ${escapeMarkdown(title)}\n`;
  yield `\n| ${columns.map((column) => escapeMarkdown(column.title)).join(' | ')} |\n`;
  yield `| ${columns.map(({ align }) => (align === 'right' ? '---:' : '---')).join(' | ')} |\n`;
  for (const row of rows) yield `| ${columns.map((_, at) => cellText(row[at])).join(' | ')} |\n`;
}

/** What a comment or a pull request's body may hold on GitHub; a step summary holds more. Source: reference/style-and-ux.md C2. */
const MOST = 65_536;
const NOTE = 200;

/** The pieces that fit; what does not is counted in a last line. A piece is a line, or what must not be torn apart. */
function* fitting(pieces: Iterable<string>): Generator<string> {
  let size = 0;
  let left = 0;
  for (const piece of pieces) {
    if (left > 0 || size + piece.length > MOST - NOTE) left += 1;
    else yield piece;
    size += piece.length;
  }
  if (left > 0) yield `\n… and ${String(left)} more lines than a comment may hold; --json has them all.\n`;
}

function* piecesOf({ view }: Result): Generator<string> {
  yield `## ${escapeMarkdown(view.headline)}\n`;
  for (const line of view.lines ?? []) yield `\n${escapeMarkdown(line)}\n`;
  for (const table of view.tables ?? []) if (table.columns.length > 0) yield* tableText(table);
  const next = view.next ?? [];
  if (next.length > 0) yield '\n**Next**\n\n';
  for (const step of next) yield `- ${escapeMarkdown(step)}\n`;
}

/** GitHub-flavoured Markdown for step summaries and comments. */
const markdown: Reporter = {
  id: 'markdown',
  revision: 2,
  accepts: 'all',
  render: (result) => fitting(piecesOf(result)),
};
export default markdown;
