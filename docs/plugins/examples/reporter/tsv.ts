import type { Reporter } from '@cliparity/plugin-api';

/** Texts come from help pages and file names: nothing in them may drive a terminal or end a row. */
const clean = (text: string): string => text.replace(/\p{Cc}+/gu, ' ');

/** Tables as tab-separated lines, for spreadsheets. */
const reporter: Reporter = {
  id: 'tsv',
  revision: 1,
  accepts: 'all',
  *render({ view }) {
    yield `${clean(view.headline)}\n`;
    for (const { columns, rows } of view.tables ?? []) {
      yield `${columns.map(({ title }) => clean(title)).join('\t')}\n`;
      for (const row of rows)
        yield `${row.map((cell) => clean(typeof cell === 'string' ? cell : cell.text)).join('\t')}\n`;
    }
  },
};
export default reporter;
