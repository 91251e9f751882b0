import fc from 'fast-check';
import { compareBytes, compareFlags, comparePaths, flagKey } from '@cliparity/model';
import type { Arg, Command, Flag, Snapshot } from '@cliparity/model';

export const TARGETS = ['linux-x64', 'darwin-arm64', 'win32-x64'] as const;

const word = fc.constantFrom('run', 'mcp', 'add', 'list', 'login', 'x');
const text = fc.string({ maxLength: 12 });
const optional = <T extends object>(shape: { [K in keyof T]: fc.Arbitrary<T[K]> }, requiredKeys: (keyof T)[]) =>
  fc.record(shape, { requiredKeys }) as fc.Arbitrary<T>;

const flag: fc.Arbitrary<Flag> = fc
  .tuple(
    fc.constantFrom('--all', '--config', '--json', '--x', undefined),
    fc.constantFrom('-a', '-c', undefined),
    optional<Omit<Flag, 'key' | 'long' | 'short'>>(
      {
        takes_value: fc.boolean(),
        value_name: fc.constantFrom('FILE', 'N'),
        choices: fc.array(text, { minLength: 1, maxLength: 3 }),
        repeatable: fc.boolean(),
        about: text,
        default: text,
      },
      ['takes_value'],
    ),
  )
  .filter(([long, short]) => (long ?? short) !== undefined)
  .map(([long, short, rest]) => ({
    key: flagKey({ long, short }),
    ...(long !== undefined && { long }),
    ...(short !== undefined && { short }),
    ...rest,
  }));

const arg: fc.Arbitrary<Arg> = optional<Arg>(
  { name: fc.constantFrom('FILE', 'PROMPT'), required: fc.boolean(), variadic: fc.boolean(), about: text },
  ['name', 'required', 'variadic'],
);

const command = (path: string[]): fc.Arbitrary<Command> =>
  fc
    .record({
      about: fc.option(text, { nil: undefined }),
      usage: fc.array(
        text.filter((line) => !line.includes('\n')),
        { maxLength: 2 },
      ),
      flags: fc.uniqueArray(flag, { selector: (f) => f.key, maxLength: 4 }),
      args: fc.uniqueArray(arg, { selector: (a) => a.name, maxLength: 2 }),
    })
    .map(({ about, usage, flags, args }) => ({
      path,
      ...(about !== undefined && { about }),
      ...(usage.length > 0 && { usage }),
      ...(args.length > 0 && { args: args.sort((a, b) => compareBytes(a.name, b.name)) }),
      ...(flags.length > 0 && { flags: flags.sort(compareFlags) }),
    }));

const commands: fc.Arbitrary<Command[]> = fc
  .uniqueArray(fc.array(word, { minLength: 1, maxLength: 2 }), { selector: (path) => path.join(' '), maxLength: 5 })
  .chain((paths) => fc.tuple(...[[], ...paths].map(command)))
  .map((list) => list.sort((a, b) => comparePaths(a.path, b.path)));

export const snapshotOf = (target: string, list: Command[]): Snapshot => ({
  snapshot_schema_version: 3,
  tool: 'tool-cli',
  collected_at: '2026-01-02T03:04:05Z',
  binary: {
    sha256: 'a'.repeat(64),
    size_bytes: 1,
    platform: { os: 'linux', arch: 'x86_64' },
    target_triple: target,
    version_output: 'tool 1.0.0',
    semantic_version: '1.0.0',
    channel: 'stable',
  },
  provenance: { dialect: { id: 'clap', revision: 1 }, settings_sha256: 'c'.repeat(64), inputs: [] },
  commands: list,
});

/** A version 3 snapshot of one target in canonical order. */
export const snapshotArbitrary = (target: string): fc.Arbitrary<Snapshot> =>
  commands.map((list) => snapshotOf(target, list));

/** Snapshots of the required target and of some others. */
export const snapshotsArbitrary: fc.Arbitrary<Snapshot[]> = fc
  .subarray([...TARGETS.slice(1)])
  .chain((others) => fc.tuple(...[TARGETS[0], ...others].map(snapshotArbitrary)));
