import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { rulesOf, type RunValues } from './masks.js';
import { createNormaliser } from './normalise.js';

const VALUES: RunValues = {
  cwd: '/tmp/run-1/work',
  home: '/tmp/run-1/home',
  tmp: '/tmp/run-1/tmp',
  port: '41234',
  proxyPort: '41235',
  zone: 'AAA12',
};
const clean = (lines: readonly string[], masks: Parameters<typeof rulesOf>[1] = []): readonly string[] =>
  lines.map(createNormaliser(rulesOf(VALUES, masks)).line);
const A = '01a1f7bf-b133-7ac3-b7d8-4cb051358f19';
const B = 'd0e1b7d3-bace-4af3-83c3-dd225d817023';

describe('createNormaliser', () => {
  it.each([
    [`{"id":"${A}"}`, '{"id":"00000000-0000-7000-8000-000000000001"}'],
    ['{"path":"/tmp/run-1/work/a.txt"}', '{"path":"/CWD/a.txt"}'],
    ['{"url":"http://127.0.0.1:41234/v1"}', '{"url":"http://127.0.0.1:<PORT>/v1"}'],
    ['{"tokens":41234}', '{"tokens":41234}'],
    ['{"at":"2026-11-20T06:49:05.123Z","day":"2026-11-20"}', '{"at":"2000-01-01T00:00:00Z","day":"2026-11-20"}'],
    ['no JSON in /tmp/run-1/home', 'no JSON in /HOME'],
    ['{"zone":"AAA12"}', '{"zone":"UTC"}'],
  ])('%s', (text, wanted) => {
    expect(clean([text])).toEqual([wanted]);
  });

  it('numbers ids in order of appearance, over lines, in values and keys', () => {
    expect(clean([`{"a":"${B}"}`, `{"${A}":"${B}"}`])).toEqual([
      '{"a":"00000000-0000-7000-8000-000000000001"}',
      '{"00000000-0000-7000-8000-000000000002":"00000000-0000-7000-8000-000000000001"}',
    ]);
  });

  it('replaces values by their key, also in JSON inside JSON', () => {
    const masks = [
      { id: 'd', keys: ['durationMs'], as: 0 },
      { id: 's', keys: ['pid'], as: '0' },
    ];
    expect(clean(['{"durationMs":12.5,"x":1}', '{"durationMs":null,"pid":"7\\"7"}'], masks)).toEqual([
      '{"durationMs":0,"x":1}',
      '{"durationMs":null,"pid":"0"}',
    ]);
    expect(clean([JSON.stringify({ text: '{"durationMs":5}' })], masks)).toEqual([
      JSON.stringify({ text: '{"durationMs":0}' }),
    ]);
  });

  it('keeps the longest folder', () => {
    const values = { ...VALUES, home: '/tmp/run-1/work/home' };
    expect(createNormaliser(rulesOf(values)).line('/tmp/run-1/work/home/x /tmp/run-1/work/y')).toBe('/HOME/x /CWD/y');
  });

  it('finds a folder of Windows as JSON writes it', () => {
    const values = { ...VALUES, cwd: 'C:\\run\\work' };
    const [line] = [JSON.stringify({ cwd: 'C:\\run\\work' })].map(createNormaliser(rulesOf(values)).line);
    expect(line).toBe('{"cwd":"/CWD"}');
  });

  it('counts what fired', () => {
    const made = createNormaliser(rulesOf(VALUES));
    made.line(`${A} ${A} /tmp/run-1/work`);
    expect(Object.fromEntries(made.fired())).toEqual({ uuid: 2, cwd: 1 });
  });

  it.each(['(', 'a|(b)', 'x*', ''])('refuses the mask %j', (pattern) => {
    expect(() => clean(['x'], [{ id: 'bad', pattern, as: '' }])).toThrow(
      expect.objectContaining({ code: 'MASK_INVALID', where: 'bad' }),
    );
  });

  it('takes a number whole, however it is written', () => {
    const masks = [{ id: 'cost', keys: ['cost'], as: 0 }];
    expect(clean(['{"cost":1e-7}', '{"cost":-2.5E+3}', '{"cost":7}'], masks)).toEqual(Array(3).fill('{"cost":0}'));
  });

  it('gives the same bytes for two runs that differ in ids, folders and ports only', () => {
    const uuid = fc.uuid();
    const word = fc.stringMatching(/^[a-z ]{0,12}$/);
    const piece = fc.oneof(
      word.map((text) => ({ kind: 'text' as const, text })),
      fc.nat({ max: 4 }).map((at) => ({ kind: 'id' as const, at })),
      fc.constantFrom('cwd' as const, 'home' as const, 'port' as const).map((name) => ({ kind: name })),
    );
    const ids = fc.uniqueArray(uuid, { minLength: 5, maxLength: 5 });
    const port = fc.integer({ min: 10_000, max: 65_000 }).map(String);
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), fc.tuple(ids, port), fc.tuple(ids, port), (pieces, one, two) => {
        const print = ([uuids, number]: readonly [readonly string[], string], root: string) => {
          const values = { cwd: `${root}/work`, home: `${root}/home`, tmp: `${root}/tmp`, port: number, proxyPort: '' };
          const text = pieces.map((part) => {
            if (part.kind === 'text') return part.text;
            if (part.kind === 'id') return ` ${uuids[part.at] ?? ''} `;
            return part.kind === 'port' ? ` 127.0.0.1:${number}/ ` : ` ${values[part.kind]}/x `;
          });
          return createNormaliser(rulesOf(values)).line(text.join(''));
        };
        expect(print(one, '/tmp/run-a')).toBe(print(two, '/var/other/b'));
      }),
    );
  });
});
