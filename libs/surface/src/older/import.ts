import { compareBytes, compareFlags, comparePaths, flagKey } from '@cliparity/model';
import type { Arg, Binary, Command, Conflict, Features, Flag, Snapshot, Union, UnionCommand } from '@cliparity/model';
import { omit } from '../omit.js';
import { joinByKey } from '../unit-merge.js';
import { INFERRED_NOTE } from './union-v2.js';
import type { ArgV1, BinaryV1, CommandV1, CommandV2, ConflictV2, FlagV1, SnapshotV1, UnionV2 } from './schema.js';

/**
 * A version 1 snapshot as version 3. It knows no dialect, so its provenance names none, and it never merges with one of ours in silence.
 * Flags without any spelling and repeats of a key (the older writers let them pass) are joined into one.
 */
export function importSnapshotV1(snapshot: SnapshotV1): Snapshot {
  const { tool, collected_at, known_omissions } = snapshot;
  const features = featuresOf(snapshot.features);
  return {
    snapshot_schema_version: 3,
    tool,
    collected_at,
    binary: binaryOf(snapshot.binary),
    provenance: { inputs: [] },
    commands: snapshot.commands.map(commandOf).sort((a, b) => comparePaths(a.path, b.path)),
    ...(features !== undefined && { features }),
    ...(known_omissions !== undefined && { known_omissions }),
  };
}

/** A version 2 union as version 3. Its commands lack the root's flags where the older rules took them out. */
export function importUnionV2(union: UnionV2): Union {
  const { tool, collected_at, expected_targets, complete, missing_targets } = union;
  return {
    snapshot_schema_version: 3,
    tool,
    mode: 'union',
    collected_at,
    expected_targets,
    complete,
    ...(missing_targets !== undefined && { missing_targets }),
    provenance: { inputs: [] },
    inputs: union.inputs.map((input) => {
      const features = featuresOf(input.features);
      return {
        target_triple: input.target_triple,
        collected_at: input.collected_at ?? collected_at,
        binary: binaryOf(input.binary),
        ...(features !== undefined && { features }),
        ...(input.known_omissions !== undefined && { known_omissions: input.known_omissions }),
      };
    }),
    commands: union.commands.map(unionCommandOf).sort((a, b) => comparePaths(a.path, b.path)),
  };
}

const CHANNELS = ['stable', 'beta', 'nightly', 'unknown'] as const;

function binaryOf({ channel, commit, ...binary }: BinaryV1): Binary {
  const known = CHANNELS.find((name) => name === channel);
  return { ...binary, ...(known !== undefined && { channel: known }), ...(commit !== undefined && { commit }) };
}

/** Features were free-form; only what version 3 has a field for is taken over. */
function featuresOf(features: unknown): Features | undefined {
  if (features === null || typeof features !== 'object') return undefined;
  const { mode, probe_error, listed, enabled_for_snapshot, commands_added_when_all_enabled } =
    features as Partial<Features>;
  return {
    mode: mode === 'default_plus_all_enabled' ? mode : 'default',
    ...(probe_error !== undefined && { probe_error }),
    ...(listed !== undefined && { listed: listed.map(({ name, stage, effective }) => ({ name, stage, effective })) }),
    ...(enabled_for_snapshot !== undefined && { enabled_for_snapshot }),
    ...(commands_added_when_all_enabled !== undefined && { commands_added_when_all_enabled }),
  };
}

function flagOf({ long, short, takes_value = false, value_name, repeatable }: FlagV1): Flag {
  return {
    key: flagKey({ long, short }),
    ...(long !== undefined && { long }),
    ...(short !== undefined && { short }),
    takes_value,
    ...(value_name !== undefined && { value_name }),
    ...(repeatable !== undefined && { repeatable }),
  };
}

function argOf({ name, required = false, variadic = false, note }: ArgV1): Arg {
  const inferred = note?.trim() === INFERRED_NOTE;
  return {
    name,
    required,
    variadic,
    ...(note !== undefined && !inferred && { about: note }),
    ...(inferred && { inferred_from_usage: true }),
  };
}

const named = (flag: FlagV1): boolean => flagKey(flag).startsWith('-');
const texts = ({ about, usage }: { about?: string; usage?: string }): { about?: string; usage?: string[] } => ({
  ...(about !== undefined && { about }),
  ...(usage !== undefined && { usage: usage.split('\n') }),
});
const SYSTEMS = ['linux', 'macos', 'windows'] as const;

function commandOf({ path, about, usage, platforms, args = [], flags = [] }: CommandV1): Command {
  const units = joinByKey(flags.filter(named).map(flagOf), flagKey).sort(compareFlags);
  return {
    path,
    ...texts({ ...(about !== undefined && { about }), ...(usage !== undefined && { usage }) }),
    ...(platforms !== undefined && { platforms: SYSTEMS.filter((system) => platforms.includes(system)) }),
    ...(args.length > 0 && {
      args: joinByKey(args.map(argOf), (arg) => arg.name).sort((a, b) => compareBytes(a.name, b.name)),
    }),
    ...(units.length > 0 && { flags: units }),
  };
}

function unionCommandOf(command: CommandV2): UnionCommand {
  const { available_on, args = [], flags = [], conflicts } = command;
  const said = omit(commandOf(omit(command, 'args', 'flags')), 'args', 'flags');
  const units = flags.filter(named).map((flag) => ({ ...flagOf(flag), available_on: flag.available_on }));
  return {
    ...said,
    available_on,
    ...(args.length > 0 && { args: args.map((arg) => ({ ...argOf(arg), available_on: arg.available_on })) }),
    ...(units.length > 0 && { flags: joinByKey(units, flagKey) }),
    ...(conflicts !== undefined && { conflicts: conflicts.map(conflictOf) }),
  };
}

function conflictOf({ unit, path, key, name, field, values_by_target, evidence }: ConflictV2): Conflict {
  const digests = evidence?.help_sha256_by_target;
  return {
    unit: unit as Conflict['unit'],
    path,
    ...(key !== undefined && { key }),
    ...(name !== undefined && { name }),
    field,
    values_by_target: values_by_target as Conflict['values_by_target'],
    ...(digests !== undefined && { evidence: { help_sha256_by_target: digests } }),
  };
}
