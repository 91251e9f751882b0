import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { serialize } from '@cliparity/model';
import type { Command, Snapshot, Union } from '@cliparity/model';
import { importSnapshot, readAnySnapshot, snapshotKind } from '../any-snapshot.js';
import { snapshotArbitrary, snapshotOf, snapshotsArbitrary, TARGETS } from '../arbitraries.fixture.js';
import { mergeUnion } from '../merge-union.js';
import { hasReference, referenceJson, referenceText } from '../reference-data.fixture.js';
import { exportParityV2, exportSnapshotV1, exportUnionV2 } from './export.js';
import { SnapshotV1Schema, UnionV2Schema, type SnapshotV1, type UnionV2 } from './schema.js';

const union = (snapshots: readonly Snapshot[]): Union =>
  mergeUnion({ snapshots, expectedTargets: TARGETS, requiredTarget: TARGETS[0], inputs: [] });
const names = (commands: readonly Command[]) =>
  commands.map((c) => [
    c.path,
    (c.flags ?? []).map((f) => [f.key, f.long, f.short]),
    (c.args ?? []).map((a) => a.name),
  ]);

const command: Command = {
  path: ['run'],
  aliases: ['r'],
  about: 'Runs.',
  usage: ['tool run', 'tool run X'],
  flags: [
    {
      key: '--m',
      long: '--m',
      takes_value: true,
      value_name: 'M',
      value_arity: 'optional',
      choices: ['a'],
      repeatable: true,
      about: 'x',
    },
  ],
  args: [
    { name: 'A', required: true, variadic: false, about: 'An A.' },
    { name: 'B', required: false, variadic: true, inferred_from_usage: true },
  ],
  help_sha256: 'e'.repeat(64),
};

describe('exportParityV2', () => {
  it('writes exactly what version 1 has a field for', () => {
    const made = exportSnapshotV1({
      ...snapshotOf('linux-x64', [{ path: [] }, command]),
      features: {
        mode: 'default_plus_all_enabled',
        listed: [
          { name: 'a', stage: 'stable', effective: true },
          { name: 'b', stage: 'under development', effective: false },
        ],
      },
    });
    expect(made.commands[1]).toEqual({
      path: ['run'],
      about: 'Runs.',
      usage: 'tool run\ntool run X',
      args: [
        { name: 'A', required: true, variadic: false, note: 'An A.' },
        { name: 'B', required: false, variadic: true, note: 'inferred from usage' },
      ],
      flags: [{ long: '--m', takes_value: true, value_name: 'M', repeatable: true }],
    });
    expect(made.features).toEqual({
      mode: 'default_plus_all_enabled',
      listed: [{ name: 'a', stage: 'stable', effective: true }],
    });
    expect(made).not.toHaveProperty('provenance');
  });
  it('keeps the older format’s field order', () => {
    const text = serialize(SnapshotV1Schema, exportSnapshotV1(snapshotOf('linux-x64', [command])));
    const order = [...text.matchAll(/^ {2,8}"(\w+)":/gm)].map((match) => match[1]);
    expect(order.filter((key, i) => order.indexOf(key) === i)).toEqual(
      'snapshot_schema_version tool collected_at binary sha256 size_bytes platform os arch target_triple version_output semantic_version channel commands path about usage args flags'
        .split(' ')
        .filter((key) => order.includes(key)),
    );
  });
  it('takes flags of the root out of a union’s commands unless told not to, and tells only older conflicts', () => {
    const flags = (value: string) => [
      { key: '--m', long: '--m', takes_value: true, value_name: value, default: value },
    ];
    const made = union([
      snapshotOf('linux-x64', [
        { path: [], flags: flags('A') },
        { path: ['run'], flags: flags('A'), usage: ['a', 'b'] },
      ]),
      snapshotOf('darwin-arm64', [
        { path: [], flags: flags('B') },
        { path: ['run'], flags: flags('B') },
      ]),
    ]);
    expect(exportUnionV2(made).commands[1]).toEqual({
      path: ['run'],
      available_on: ['linux-x64', 'darwin-arm64'],
      usage: 'a\nb',
      conflicts: [
        {
          unit: 'command',
          path: ['run'],
          field: 'usage',
          values_by_target: { 'linux-x64': 'a\nb', 'darwin-arm64': null },
          help_context: 'Usage',
        },
      ],
    });
    expect(exportUnionV2(made).commands[0]?.conflicts?.map((c) => c.field)).toEqual(['value_name']);
    expect(exportUnionV2(made, { dedupeAgainstRoot: false }).commands[1]?.flags).toHaveLength(1);
  });
  it('and back keeps every name, and is stable from then on', () => {
    fc.assert(
      fc.property(snapshotArbitrary('linux-x64'), (snapshot) => {
        const older = exportSnapshotV1(snapshot);
        const back = importSnapshot(JSON.parse(serialize(SnapshotV1Schema, older))) as Snapshot;
        expect(names(back.commands)).toEqual(names(snapshot.commands));
        expect(exportSnapshotV1(back)).toEqual(older);
      }),
    );
  });
  it('and back keeps a union’s names and availability', () => {
    fc.assert(
      fc.property(snapshotsArbitrary, (snapshots) => {
        const made = union(snapshots);
        const older = exportUnionV2(made, { dedupeAgainstRoot: false });
        const back = importSnapshot(JSON.parse(serialize(UnionV2Schema, older))) as Union;
        expect(names(back.commands)).toEqual(names(made.commands));
        expect(back.commands.map((c) => c.available_on)).toEqual(made.commands.map((c) => c.available_on));
      }),
    );
  });
});

describe('readAnySnapshot', () => {
  it.each([
    [{ snapshot_schema_version: 1, commands: [] }, 'snapshot-v1'],
    [{ snapshot_schema_version: 2, mode: 'union', commands: [] }, 'union-v2'],
    [{ snapshot_schema_version: 3, commands: [] }, 'snapshot-v3'],
    [{ snapshot_schema_version: 3, mode: 'union', commands: [] }, 'union-v3'],
  ])('tells %j', (json, kind) => {
    expect(readAnySnapshot(json).kind).toBe(kind);
  });
  it.each([
    null,
    1,
    [],
    {},
    { snapshot_schema_version: 2, commands: [] },
    { snapshot_schema_version: 4, commands: [] },
  ])('refuses %j', (json) => {
    expect(snapshotKind(json)).toBeUndefined();
    expect(() => readAnySnapshot(json, 'f.json')).toThrow(
      expect.objectContaining({ code: 'SURFACE_KIND_UNKNOWN', where: 'f.json' }),
    );
  });
});

describe('the schema somebody else committed', () => {
  const withData = hasReference ? it : it.skip;
  const versions = ['0.125.0', '0.92.0', '0.61.0'];
  const validate = () => {
    const schema = referenceJson<{ properties?: object }>('SCHEMA.json');
    const ajv = new Ajv2020({ strict: false });
    return ajv.compile({ ...schema, $id: 'https://example.invalid/SCHEMA.json' });
  };
  const retool = (file: SnapshotV1 | UnionV2) =>
    JSON.parse(serialize('mode' in file ? UnionV2Schema : SnapshotV1Schema, { ...file, tool: 'codex-cli' })) as unknown;
  withData('accepts any export of ours (skipped without the reference data)', () => {
    const accepts = validate();
    fc.assert(
      fc.property(snapshotsArbitrary, (snapshots) => {
        for (const file of [...snapshots, union(snapshots)])
          expect(accepts(retool(exportParityV2(file))) ? [] : accepts.errors).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });
  withData('is met again by what we import and export, unchanged (skipped without the reference data)', () => {
    for (const version of versions) {
      const snapshot = referenceText(`snapshots/${version}/x86_64-unknown-linux-musl.json`);
      const back = exportParityV2(importSnapshot(JSON.parse(snapshot)) as Snapshot);
      expect(serialize(SnapshotV1Schema, back)).toBe(snapshot);
      const union = referenceText(`snapshots/${version}/union.json`);
      expect(serialize(UnionV2Schema, exportParityV2(importSnapshot(JSON.parse(union)) as Union))).toBe(union);
    }
  });
});
