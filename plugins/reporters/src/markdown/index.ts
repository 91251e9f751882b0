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

function* render({ view }: Result): Generator<string> {
  yield `## ${escapeMarkdown(view.headline)}\n`;
  for (const line of view.lines ?? []) yield `\n${escapeMarkdown(line)}\n`;
  for (const table of view.tables ?? []) if (table.columns.length > 0) yield* tableText(table);
  const next = view.next ?? [];
  if (next.length > 0) yield '\n**Next**\n\n';
  for (const step of next) yield `- ${escapeMarkdown(step)}\n`;
}

/** GitHub-flavoured Markdown for step summaries and comments. */
const markdown: Reporter = { id: 'markdown', revision: 1, accepts: 'all', render: (result) => render(result) };
export default markdown;
