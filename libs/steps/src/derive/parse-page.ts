import { serialize, PageSurfaceSchema, type HelpPage, type PageSurface, type Result } from '@cliparity/model';
import type { Dialect } from '@cliparity/plugin-api';
import type { Workbench } from '../base/workbench.js';

/** The dialect asked for, or the one that is surest of the page; equal ones go by their order. */
export async function dialectFor(bench: Workbench, page: HelpPage, id?: string): Promise<Dialect> {
  if (id !== undefined) return bench.kernel.dialect(id);
  const dialects = await bench.kernel.dialects();
  const sure = dialects.map((dialect) => ({ dialect, detect: dialect.detect(page) }));
  const best = sure.reduce((a, b) => (b.detect > a.detect ? b : a));
  return best.dialect;
}

function surfaceView(dialect: string, surface: PageSurface): Result['view'] {
  const flags = surface.flags.map((flag) => [
    [flag.short, flag.long, ...(flag.aliases ?? [])].filter(Boolean).join(', '),
    flag.takes_value ? (flag.value_name ?? 'value') : '',
    [flag.choices?.join('|'), flag.default !== undefined && `default ${flag.default}`, flag.env && `env ${flag.env}`]
      .filter(Boolean)
      .join('; '),
  ]);
  const tables = [
    {
      title: 'Commands',
      columns: [{ title: 'name' }, { title: 'about' }],
      rows: surface.commands.map((c) => [[c.name, ...(c.aliases ?? [])].join(', '), c.about ?? '']),
    },
    {
      title: 'Arguments',
      columns: [{ title: 'name' }, { title: 'about' }],
      rows: surface.args.map((a) => [`${a.name}${a.required ? '' : '?'}${a.variadic ? '…' : ''}`, a.about ?? '']),
    },
    { title: 'Flags', columns: [{ title: 'flag' }, { title: 'value' }, { title: 'facts' }], rows: flags },
    { title: 'Rows that no rule explains', columns: [{ title: 'row' }], rows: surface.unexplained.map((row) => [row]) },
  ];
  return {
    headline: `${dialect}: ${surface.commands.length} commands, ${surface.flags.length} flags, ${surface.args.length} arguments`,
    tone: surface.unexplained.length === 0 ? 'good' : 'warn',
    lines: surface.usage.map((usage) => `usage: ${usage}`),
    tables: tables.filter((table) => table.rows.length > 0),
  };
}

const ordered = (surface: PageSurface): PageSurface => JSON.parse(serialize(PageSurfaceSchema, surface)) as PageSurface;

/** `parse [FILE]`: one page to its surface. */
export async function parsePage(bench: Workbench, text: string, dialectId?: string): Promise<Result> {
  const page: HelpPage = { text };
  const dialect = await dialectFor(bench, page, dialectId);
  const surface = ordered(dialect.parse(page));
  return {
    kind: 'surface',
    schema_version: 1,
    data: { dialect: dialect.id, surface },
    view: surfaceView(dialect.id, surface),
  };
}

/** One answer of `parse --ndjson`: a surface, or what is wrong with the line. */
type Answer =
  | { readonly id: unknown; readonly dialect: string; readonly surface: PageSurface }
  | { readonly id: unknown; readonly error: string };

async function answer(bench: Workbench, line: string, dialectId: string | undefined): Promise<Answer> {
  let asked: { id?: unknown; text?: unknown };
  try {
    asked = JSON.parse(line) as typeof asked;
  } catch (error) {
    return { id: null, error: `not JSON: ${(error as Error).message}` };
  }
  const id = asked?.id ?? null;
  if (typeof asked?.text !== 'string') return { id, error: 'no "text" in the line' };
  const page: HelpPage = { text: asked.text };
  const dialect = await dialectFor(bench, page, dialectId);
  return { id, dialect: dialect.id, surface: ordered(dialect.parse(page)) };
}

/** `parse --ndjson`: a stream of `{"id","text"}` in, of `{"id","dialect","surface"}` out, one line each, in order. */
export async function* parseStream(
  bench: Workbench,
  lines: AsyncIterable<string>,
  dialectId?: string,
): AsyncGenerator<string> {
  for await (const line of lines) {
    if (line.trim() !== '') yield `${JSON.stringify(await answer(bench, line, dialectId))}\n`;
  }
}
