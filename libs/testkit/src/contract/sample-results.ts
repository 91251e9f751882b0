import { RESULT_KINDS, type Result, type View } from '@cliparity/model';

const HOSTILE =
  'a\u001b[31mred\u001b]0;title\u0007\u009b2J<img src=x onerror=alert(1)>|`*_[x](javascript:1)\r\n# b\u202e\u0000';

const VIEWS: Readonly<Record<string, View>> = {
  bare: { headline: 'Done' },
  empty: { headline: '', lines: [], tables: [], next: [] },
  full: {
    headline: 'Two units are missing',
    tone: 'bad',
    lines: ['Compared with the last validated version.', 'line one\nline two'],
    tables: [
      {
        title: 'Missing',
        columns: [{ title: 'unit' }, { title: 'targets', align: 'right' }],
        rows: [
          [{ text: '--json', tone: 'bad' }, '3'],
          ['exec', { text: '12', tone: 'dim' }],
          [
            { text: 'ok', tone: 'good' },
            { text: 'late', tone: 'warn' },
          ],
        ],
      },
    ],
    next: ['cliparity explain flag:exec/--json'],
  },
  'odd tables': {
    headline: 'Tables',
    tables: [
      { columns: [], rows: [] },
      { columns: [{ title: 'alone' }], rows: [] },
      { columns: [{ title: 'a' }, { title: 'b' }], rows: [[], ['1'], ['1', '2', '3'], ['', '']] },
      { columns: [{ title: 'long' }], rows: [['x'.repeat(300)], ['日本語 '.repeat(30)]] },
    ],
  },
  hostile: {
    headline: HOSTILE,
    tone: 'warn',
    lines: [HOSTILE],
    tables: [{ title: HOSTILE, columns: [{ title: HOSTILE }], rows: [[HOSTILE], [{ text: HOSTILE, tone: 'bad' }]] }],
    next: [HOSTILE],
  },
};

/** Results in every state that a reporter must render: each kind, each view, and data of every JSON type. */
export function sampleResults(): readonly Result[] {
  const perKind = RESULT_KINDS.map((kind): Result => ({
    kind,
    schema_version: 1,
    data: { items: [] },
    view: { headline: kind },
  }));
  const perView = Object.values(VIEWS).map((view): Result => ({ kind: 'status', schema_version: 1, data: {}, view }));
  const perData = [null, true, 1.5, 'text', ['a'], { text: HOSTILE }, { kind: 'file', schema_version: 2 }].map(
    (data): Result => ({
      kind: 'lock',
      schema_version: 1,
      data,
      view: { headline: 'data' },
    }),
  );
  return [...perKind, ...perView, ...perData];
}
