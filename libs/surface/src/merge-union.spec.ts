import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { serialize, SnapshotSchema, unitId, UnionSchema } from '@cliparity/model';
import type { Command, Snapshot, Union, UnionCommand } from '@cliparity/model';
import { snapshotOf, snapshotsArbitrary, TARGETS } from './arbitraries.fixture.js';
import { mergeUnion } from './merge-union.js';

const union = (snapshots: readonly Snapshot[]): Union =>
  mergeUnion({ snapshots, expectedTargets: TARGETS, requiredTarget: TARGETS[0], inputs: [] });

/** Every unit of a surface by name. */
function units<C extends Command | UnionCommand>(commands: readonly C[]): Map<string, C | object> {
  return new Map(
    commands.flatMap((command): [string, object][] => [
      [unitId({ unit: 'command', path: command.path }), command],
      ...(command.flags ?? []).map((f): [string, object] => [
        unitId({ unit: 'flag', path: command.path, key: f.key }),
        f,
      ]),
      ...(command.args ?? []).map((a): [string, object] => [
        unitId({ unit: 'arg', path: command.path, name: a.name }),
        a,
      ]),
    ]),
  );
}

describe('mergeUnion, whatever the snapshots', () => {
  it('does not depend on their order', () => {
    fc.assert(
      fc.property(
        snapshotsArbitrary.chain((list) =>
          fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
        ),
        ([list, shuffled]) => {
          expect(serialize(UnionSchema, union(shuffled))).toBe(serialize(UnionSchema, union(list)));
        },
      ),
    );
  });
  it('has every unit of every snapshot exactly where it was seen, and no other', () => {
    fc.assert(
      fc.property(snapshotsArbitrary, (list) => {
        const merged = units(union(list).commands);
        const seen = list.map((snapshot) => [snapshot.binary.target_triple, units(snapshot.commands)] as const);
        expect([...merged.keys()].sort()).toEqual([...new Set(seen.flatMap(([, names]) => [...names.keys()]))].sort());
        for (const [name, unit] of merged) {
          const on = TARGETS.filter((target) => seen.some(([at, names]) => at === target && names.has(name)));
          expect((unit as UnionCommand).available_on).toEqual(on);
        }
      }),
    );
  });
  it('changes nothing of a single target and finds no conflict in it', () => {
    fc.assert(
      fc.property(snapshotsArbitrary, ([first]) => {
        const [main] = [first as Snapshot];
        const bare = union([main]).commands.map(
          (command) =>
            JSON.parse(
              JSON.stringify(command, (key, value: unknown) => (key === 'available_on' ? undefined : value)),
            ) as Command,
        );
        expect(units(bare)).toEqual(units(main.commands));
      }),
    );
  });
  it('records a conflict exactly where two targets that have a flag say different things', () => {
    fc.assert(
      fc.property(snapshotsArbitrary, (list) => {
        const made = union(list);
        for (const command of made.commands)
          for (const flag of command.flags ?? []) {
            const said = list.flatMap((s) =>
              s.commands
                .filter((c) => c.path.join() === command.path.join())
                .flatMap((c) => c.flags?.find((f) => f.key === flag.key)?.takes_value ?? []),
            );
            const open = command.conflicts?.some(
              (c) => c.unit === 'flag' && c.key === flag.key && c.field === 'takes_value',
            );
            expect(open ?? false).toBe(new Set(said).size > 1);
          }
      }),
    );
  });
});

describe('what is written and read again', () => {
  it('is the same value, and written once more the same bytes', () => {
    fc.assert(
      fc.property(snapshotsArbitrary, (list) => {
        const files = [...list.map((s) => [SnapshotSchema, s] as const), [UnionSchema, union(list)] as const];
        for (const [schema, value] of files) {
          const text = serialize(schema, value);
          expect(JSON.parse(text)).toEqual(value);
          expect(serialize(schema, JSON.parse(text))).toBe(text);
        }
      }),
    );
  });
});

describe('mergeUnion', () => {
  const root = (change: Partial<Command>): Command[] => [{ path: [], ...change }];
  it('takes the required target’s word and keeps the others’ with the page each stood on', () => {
    const made = union([
      snapshotOf(
        'darwin-arm64',
        root({
          about: 'b',
          help_sha256: 'd'.repeat(64),
          flags: [{ key: '-x', short: '-x', takes_value: true, choices: ['a'] }],
        }),
      ),
      snapshotOf(
        'linux-x64',
        root({
          about: 'a',
          help_sha256: 'e'.repeat(64),
          flags: [{ key: '-x', short: '-x', takes_value: true, choices: ['a', 'b'] }],
        }),
      ),
    ]);
    expect(made.commands[0]).toMatchObject({
      about: 'a',
      help_sha256: 'e'.repeat(64),
      conflicts: [
        { unit: 'command', field: 'about', values_by_target: { 'linux-x64': 'a', 'darwin-arm64': 'b' } },
        {
          unit: 'flag',
          key: '-x',
          field: 'choices',
          values_by_target: { 'linux-x64': ['a', 'b'], 'darwin-arm64': ['a'] },
          evidence: { help_sha256_by_target: { 'linux-x64': 'e'.repeat(64), 'darwin-arm64': 'd'.repeat(64) } },
        },
      ],
    });
    expect(made).toMatchObject({ complete: false, missing_targets: ['win32-x64'] });
  });
  it('takes the required target’s word wherever it stands among the expected, else the first one’s', () => {
    const made = mergeUnion({
      snapshots: [
        snapshotOf('darwin-arm64', [
          { path: [], about: 'b' },
          { path: ['x'], about: 'b' },
        ]),
        snapshotOf('linux-x64', [
          { path: [], about: 'a' },
          { path: ['x'], about: 'a' },
        ]),
        snapshotOf('win32-x64', [{ path: [], about: 'c' }]),
      ],
      expectedTargets: ['linux-x64', 'darwin-arm64', 'win32-x64'],
      requiredTarget: 'win32-x64',
      inputs: [],
    });
    expect(made.commands.map((command) => command.about)).toEqual(['c', 'a']);
  });
  it('keeps a flag that a command repeats from the root, and every unexplained row of every target', () => {
    const flags = [{ key: '--a', long: '--a', takes_value: false }];
    const made = union([
      snapshotOf('linux-x64', [
        { path: [], flags, unexplained: ['one'] },
        { path: ['run'], flags },
      ]),
      snapshotOf('darwin-arm64', [{ path: [], flags, unexplained: ['two', 'one'] }]),
    ]);
    expect(made.commands[1]?.flags).toHaveLength(1);
    expect(made.commands[0]?.unexplained).toEqual(['one', 'two']);
  });
  it('treats what a page says about one choice as a fact of its own', () => {
    const about = (text: string) =>
      root({ flags: [{ key: '--m', long: '--m', takes_value: true, choice_about: { fast: text } }] });
    const made = union([snapshotOf('linux-x64', about('a')), snapshotOf('darwin-arm64', about('b'))]);
    expect(made.commands[0]?.conflicts?.map((c) => c.field)).toEqual(['choice_about.fast']);
  });
  const other = (change: Partial<Snapshot>): Snapshot => ({ ...snapshotOf('darwin-arm64', root({})), ...change });
  const main = snapshotOf('linux-x64', root({}));
  it.each<[string, Snapshot[]]>([
    ['REQUIRED_TARGET_MISSING', [other({})]],
    ['UNION_DUPLICATE_TARGET', [main, main]],
    ['UNION_TOOL_MISMATCH', [main, other({ tool: 'another' })]],
    ['UNION_VERSION_MISMATCH', [main, other({ binary: { ...other({}).binary, semantic_version: '1.0.1' } })]],
    ['UNION_MIXED_DIALECTS', [main, other({ provenance: { dialect: { id: 'clap', revision: 2 }, inputs: [] } })]],
    ['UNION_MIXED_DIALECTS', [main, other({ provenance: { inputs: [] } })]],
  ])('refuses with %s', (code, snapshots) => {
    expect(() => union(snapshots)).toThrow(expect.objectContaining({ code }));
  });
});
