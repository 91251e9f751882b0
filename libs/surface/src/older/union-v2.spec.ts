import { describe, expect, it } from '@jest/globals';
import { serialize } from '@cliparity/model';
import { hasReference, referenceHas, referenceJson, referenceText } from '../reference-data.fixture.js';
import type { OlderRules } from './rules.js';
import { UnionV2Schema, type CommandV1, type SnapshotV1, type UnionV2 } from './schema.js';
import { unionV2 } from './union-v2.js';

const rules: OlderRules = {
  globals: {
    effective_flags_model: {
      enabled: true,
      union_normalization: { dedupe_per_command_flags_against_root: true, dedupe_key: 'flag_key' },
    },
  },
  union: {
    require_same_tool: true,
    require_same_semantic_version: true,
    required_target: 'linux-x64',
    expected_targets: ['linux-x64', 'darwin-arm64'],
  },
  sorting: {
    commands: 'lexicographic_path',
    flags: 'by_key_then_long_then_short',
    args: 'by_name',
    inputs: 'rules_expected_targets_order',
    available_on: 'rules_expected_targets_order',
    conflicts: 'by_unit_then_path_then_key_or_name_then_field',
  },
};

const snapshot = (target: string, commands: CommandV1[], change: Partial<SnapshotV1> = {}): [string, SnapshotV1] => [
  target,
  {
    snapshot_schema_version: 1,
    tool: 'tool-cli',
    collected_at: '2026-01-02T03:04:05Z',
    binary: {
      sha256: 'a'.repeat(64),
      size_bytes: 1,
      platform: { os: 'linux', arch: 'x86_64' },
      target_triple: target,
      version_output: 'tool 1.0.0',
      semantic_version: '1.0.0',
    },
    commands,
    ...change,
  },
];
const union = (...snapshots: [string, SnapshotV1][]) =>
  unionV2({ snapshots: new Map(snapshots), version: '1.0.0', rules, collectedAt: '2026-01-02T03:04:05Z' });

describe('unionV2', () => {
  it('records what targets disagree on, with the required target’s word as the value', () => {
    const made = union(
      snapshot('darwin-arm64', [{ path: [], flags: [{ long: '--a', takes_value: false }], args: [{ name: 'X' }] }]),
      snapshot('linux-x64', [{ path: [], usage: 'u', flags: [{ long: '--a', takes_value: true, value_name: 'V' }] }]),
    );
    expect(made.commands[0]?.flags).toEqual([
      { key: '--a', long: '--a', takes_value: true, value_name: 'V', available_on: ['linux-x64', 'darwin-arm64'] },
    ]);
    expect(made.commands[0]?.args).toEqual([
      { name: 'X', required: false, variadic: false, available_on: ['darwin-arm64'] },
    ]);
    expect(
      made.commands[0]?.conflicts?.map(({ unit, field, values_by_target }) => [unit, field, values_by_target]),
    ).toEqual([
      ['command', 'usage', { 'linux-x64': 'u', 'darwin-arm64': null }],
      ['flag', 'takes_value', { 'linux-x64': true, 'darwin-arm64': false }],
      ['flag', 'value_name', { 'linux-x64': 'V', 'darwin-arm64': null }],
    ]);
  });
  it('says which targets are missing, and takes flags of the root out of the commands', () => {
    const made = union(
      snapshot('linux-x64', [
        { path: [], flags: [{ long: '--config', takes_value: true }] },
        { path: ['run'], flags: [{ long: '--config', takes_value: false }] },
      ]),
    );
    expect(made).toMatchObject({ complete: false, missing_targets: ['darwin-arm64'] });
    expect(made.commands[1]).toEqual({ path: ['run'], available_on: ['linux-x64'] });
  });
  it('marks an arg whose note says that it was inferred', () => {
    const made = union(snapshot('linux-x64', [{ path: [], args: [{ name: 'P', note: 'inferred from usage' }] }]));
    expect(made.commands[0]?.args?.[0]).toMatchObject({ inferred_from_usage: true, note: 'inferred from usage' });
  });
  it('names the raw help of both sides of a conflict when it is there', () => {
    const made = unionV2({
      snapshots: new Map([
        snapshot('linux-x64', [{ path: [], about: 'a' }]),
        snapshot('darwin-arm64', [{ path: [], about: 'b' }]),
      ]),
      version: '1.0.0',
      rules,
      collectedAt: '2026-01-02T03:04:05Z',
      evidence: (target) => (target === 'linux-x64' ? { ref: 'raw_help/x', sha256: 'b'.repeat(64) } : undefined),
    });
    expect(made.commands[0]?.conflicts?.[0]?.evidence).toEqual({
      help_ref_by_target: { 'linux-x64': 'raw_help/x' },
      help_sha256_by_target: { 'linux-x64': 'b'.repeat(64) },
    });
  });
  it.each([
    ['REQUIRED_TARGET_MISSING', () => union(snapshot('darwin-arm64', []))],
    ['UNION_TOOL_MISMATCH', () => union(snapshot('linux-x64', []), snapshot('darwin-arm64', [], { tool: 'other' }))],
    [
      'UNION_VERSION_MISMATCH',
      () => unionV2({ snapshots: new Map([snapshot('linux-x64', [])]), version: '2.0.0', rules, collectedAt: 'x' }),
    ],
    [
      'RULES_UNSUPPORTED',
      () =>
        unionV2({
          snapshots: new Map([snapshot('linux-x64', [])]),
          version: '1.0.0',
          rules: { ...rules, sorting: { ...rules.sorting, args: 'by_position' } },
          collectedAt: 'x',
        }),
    ],
  ])('refuses with %s', (code, act) => {
    expect(act).toThrow(expect.objectContaining({ code }));
  });
});

describe('the unions somebody else committed', () => {
  const onlyWithData = hasReference ? it.each : it.skip.each;
  onlyWithData(['0.125.0', '0.92.0', '0.61.0'])(
    'are reproduced byte for byte: %s (skipped without the reference data)',
    (version) => {
      const theirs = referenceText(`snapshots/${version}/union.json`);
      const live = referenceJson<OlderRules>('RULES.json');
      const expected = (JSON.parse(theirs) as UnionV2).expected_targets;
      const snapshots = new Map(
        expected
          .filter((target) => referenceHas(`snapshots/${version}/${target}.json`))
          .map((target) => [target, referenceJson<SnapshotV1>(`snapshots/${version}/${target}.json`)]),
      );
      const collectedAt = (JSON.parse(theirs) as UnionV2).collected_at;
      const atThatTime = { ...live, union: { ...live.union, expected_targets: expected } };
      const ours = unionV2({ snapshots, version, rules: atThatTime, collectedAt });
      expect(serialize(UnionV2Schema, ours)).toBe(theirs);
    },
  );
});
