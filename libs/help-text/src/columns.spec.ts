import { describe, expect, it } from '@jest/globals';
import { flagColumns, wordColumns } from './columns.js';
import { toLines } from './lines.js';
import { flagRows } from './rows.js';

const measure = (text: string): unknown => flagColumns(toLines(text), -1);

describe('flagColumns', () => {
  it('finds rows, long-only rows and descriptions', () => {
    const text = '  -a, --all    x\n      --long   y\n               --no-row';
    expect(measure(text)).toEqual({ row: 2, inner: 6, about: 15, isBeside: true });
  });

  it('takes the most frequent column of descriptions', () => {
    const text = '  -a    x\n  -b    y\n  --very-long   z';
    expect(measure(text)).toMatchObject({ about: 8 });
  });

  it('finds descriptions below their heads, whatever they begin with', () => {
    expect(measure('  -c, --config <X>\n          --foo is no row')).toEqual({
      row: 2,
      inner: 6,
      about: 10,
      isBeside: false,
    });
  });

  it('knows pages whose descriptions stand where long flags would', () => {
    const columns = flagColumns(toLines('  -a, --all\n      all of it\n  -b\n      --all is no row'), -1);
    expect(columns).toMatchObject({ inner: 2, about: 6 });
  });

  it('says nothing about prose', () => {
    expect(measure('some\nwords - here')).toBeUndefined();
  });
});

describe('flagRows', () => {
  it('accepts rows in columns of their own left of the descriptions', () => {
    const lines = toLines('  -a, --all        x\n     --odd         y\n                   --no-row');
    const columns = flagColumns(lines, -1);
    expect(columns && flagRows(lines, columns).map(({ head }) => head)).toEqual(['-a, --all', '--odd']);
  });

  it('ends a row at prose left of it', () => {
    const lines = toLines('  -a   x\nprose\n       tail');
    const columns = flagColumns(lines, -1);
    expect(columns && flagRows(lines, columns)).toHaveLength(1);
    expect(columns && flagRows(lines, columns)[0]?.about).toHaveLength(1);
  });
});

describe('wordColumns', () => {
  it('takes the leftmost column right of the heading', () => {
    expect(wordColumns(toLines('  add    x\n         y\n  b      z'), 0)).toMatchObject({ row: 2, about: 9 });
  });
});
