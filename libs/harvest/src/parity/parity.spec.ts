import { describe, expect, it } from '@jest/globals';
import { Value } from '@sinclair/typebox/value';
import type { StoredFixture } from '../fixture/fixture-files.js';
import { SidecarSchema, type Sidecar } from '../fixture/sidecar.js';
import { dueFindings } from './due.js';
import { consumersOf, parityMatrix } from './parity-matrix.js';

const sidecar = (more: Partial<Sidecar>): Sidecar =>
  ({
    provenance: 'live',
    version: '1.0.0',
    transport: 'exec',
    exit: { code: 0, signal: null },
    events: 3,
    first_captured_at: '2026-01-01T00:00:00Z',
    ...more,
  }) as Sidecar;
const fixture = (name: string, more: Partial<Sidecar> = {}): StoredFixture => ({
  name,
  text: '',
  sidecar: sidecar(more),
});

describe('parityMatrix', () => {
  it('shows every stream by version, and who reads it', () => {
    const text = parityMatrix({
      cli: 'x',
      fixtures: new Map([
        ['1.10.0', [fixture('a', { exit: { code: 1, signal: null } })]],
        ['1.9.0', [fixture('a'), fixture('b', { racy: true, transport: 'rpc' })]],
      ]),
      released: ['1.9.0', '1.10.0', '1.11.0'],
      tests: [{ file: 't.spec.ts', text: "play('a')" }],
    });
    expect(
      text
        .split('\n')
        .filter((line) => line.startsWith('| `'))
        .map((line) => line.replace(/ +/g, ' ')),
    ).toEqual(['| `a` | exec | live, 3 | live, 3, exit 1 | `t.spec.ts` |', '| `b` | rpc | live, 3, racy | – | |']);
    expect(text.replace(/ +/g, ' ')).toContain('| 1.9.0 | 2 | 2026-01-01 | 2 |');
  });

  it('takes whole words for names of streams', () => {
    const tests = [{ file: 't', text: 'thread_basic_more and x-thread' }];
    expect(consumersOf('thread_basic', tests)).toEqual([]);
    expect(consumersOf('thread_basic_more', tests)).toEqual(['t']);
    expect(consumersOf('thread', tests)).toEqual([]);
  });
});

describe('the sidecar', () => {
  it.each([
    [{ verify_by: '2026-02-01' }, true],
    [{ verify_by: 'next week' }, false],
    [{ verify_by: '2026-13-01' }, false],
    [{ first_captured_at: '2026-01-01' }, false],
  ])('says days that can be compared: %j', (more, valid) => {
    const whole: Sidecar = {
      ...sidecar({}),
      schema_version: 1,
      stream: 's',
      scenario: 's',
      cli: 'x',
      tool: 'x',
      target: 'any',
      binary_sha256: 'a'.repeat(64),
      argv: [],
      scenario_revision: 1,
      scenario_sha256: 'a'.repeat(64),
      normaliser_version: 1,
      sanitiser_version: 1,
      masks: {},
      redactions: [],
      content_sha256: 'a'.repeat(64),
    };
    expect(Value.Check(SidecarSchema, { ...whole, ...more })).toBe(valid);
  });
});

describe('dueFindings', () => {
  const codes = (more: Partial<Sidecar>, asOf: string): readonly string[] =>
    dueFindings([{ file: 'f', sidecar: sidecar(more) }], { asOf: new Date(asOf), newest: '2.0.0' }).map(
      ({ code }) => code,
    );
  it.each([
    [{}, '2026-12-31', []],
    [{}, '2027-01-02', ['FIXTURE_DUE']],
    [{ verify_by: '2026-02-01' }, '2026-02-02', ['FIXTURE_DUE']],
    [{ verify_by: '2028-02-01' }, '2027-02-02', []],
    [{ provenance: 'synthetic' as const }, '2026-01-02', ['FIXTURE_SYNTHETIC_DUE']],
    [{ provenance: 'synthetic' as const, version: '2.0.0' }, '2026-01-02', []],
  ])('%j on %s', (more, asOf, wanted) => {
    expect(codes(more, asOf)).toEqual(wanted);
  });
});
