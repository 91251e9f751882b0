import type { Arg, Command, Conflict, Features, Flag, Snapshot, Union, UnionArg, UnionCommand } from '@cliparity/model';
import { omit } from '../omit.js';
import { HELP_CONTEXT, TRACKED_FIELDS_V2 } from './conflicts-v2.js';
import { dedupeAgainstRoot, INFERRED_NOTE } from './union-v2.js';
import type { ArgV1, ArgV2, CommandV2, ConflictV2, FlagV1, SnapshotV1, UnionV2 } from './schema.js';

/** The stages that the older schema knows; a feature of another stage would make its file invalid and is left out. */
const STAGES = new Set(['stable', 'beta', 'experimental', 'deprecated', 'removed']);

/** A version 3 snapshot as version 1: what version 1 has no field for is lost. Write it with `SnapshotV1Schema`. */
export function exportSnapshotV1(snapshot: Snapshot): SnapshotV1 {
  const { tool, collected_at, binary, features, known_omissions } = snapshot;
  return {
    snapshot_schema_version: 1,
    tool,
    collected_at,
    binary,
    commands: snapshot.commands.map((command) => ({
      path: command.path,
      ...textsOf(command),
      ...(command.platforms !== undefined && { platforms: command.platforms }),
      ...(command.args !== undefined && { args: command.args.map(argOf) }),
      ...(command.flags !== undefined && { flags: command.flags.map(flagOf) }),
    })),
    ...(features !== undefined && { features: featuresOf(features) }),
    ...(known_omissions !== undefined && { known_omissions }),
  };
}

/**
 * A version 3 union as version 2. Write it with `UnionV2Schema`.
 * @param options `dedupeAgainstRoot` (default true) takes flags of the root out of the commands that repeat them, as the older rules ask
 */
export function exportUnionV2(union: Union, options: { readonly dedupeAgainstRoot?: boolean } = {}): UnionV2 {
  const { tool, collected_at, expected_targets, complete, missing_targets } = union;
  const commands = union.commands.map(commandOf);
  return {
    snapshot_schema_version: 2,
    tool,
    mode: 'union',
    collected_at,
    expected_targets,
    complete,
    ...(missing_targets !== undefined && { missing_targets }),
    inputs: union.inputs.map(({ features, ...input }) => ({
      ...omit(input, 'provenance'),
      ...(features !== undefined && { features: featuresOf(features) }),
    })),
    commands: options.dedupeAgainstRoot === false ? commands : dedupeAgainstRoot(commands),
  };
}

/** Either file in the older format (`export --format parity-v2`). */
export function exportParityV2(file: Snapshot | Union): SnapshotV1 | UnionV2 {
  return 'mode' in file ? exportUnionV2(file) : exportSnapshotV1(file);
}

function featuresOf({ listed, ...features }: Features): Features {
  if (listed === undefined) return features;
  return { ...features, listed: listed.filter((feature) => STAGES.has(feature.stage)) };
}

function textsOf({ about, usage }: Pick<Command, 'about' | 'usage'>): { about?: string; usage?: string } {
  return {
    ...(about !== undefined && { about }),
    ...(usage !== undefined && usage.length > 0 && { usage: usage.join('\n') }),
  };
}

function flagOf({ long, short, takes_value, value_name, repeatable }: Flag): FlagV1 {
  return {
    ...(long !== undefined && { long }),
    ...(short !== undefined && { short }),
    takes_value,
    ...(value_name !== undefined && { value_name }),
    ...(repeatable !== undefined && { repeatable }),
  };
}

function argOf({ name, required, variadic, about, inferred_from_usage }: Arg): ArgV1 {
  const note = about ?? (inferred_from_usage === true ? INFERRED_NOTE : undefined);
  return { name, required, variadic, ...(note !== undefined && { note }) };
}

function unionArgOf(arg: UnionArg): ArgV2 {
  const { note, ...said } = argOf(arg);
  return {
    ...said,
    ...(note?.trim() === INFERRED_NOTE && { inferred_from_usage: true }),
    ...(note !== undefined && { note }),
    available_on: arg.available_on,
  };
}

function commandOf(command: UnionCommand): CommandV2 {
  const { path, available_on, args, flags, conflicts } = command;
  const tracked = (conflicts ?? []).filter(({ unit, field }) => TRACKED_FIELDS_V2.has(`${unit}/${field}`));
  return {
    path,
    available_on,
    ...textsOf(command),
    ...(args !== undefined && { args: args.map(unionArgOf) }),
    ...(flags !== undefined && {
      flags: flags.map((flag) => ({ key: flag.key, ...flagOf(flag), available_on: flag.available_on })),
    }),
    ...(tracked.length > 0 && { conflicts: tracked.map(conflictOf) }),
  };
}

function conflictOf({ values_by_target, ...conflict }: Conflict): ConflictV2 {
  const values = Object.entries(values_by_target).map(([target, value]) => {
    return [target, Array.isArray(value) ? value.join('\n') : value] as const;
  });
  return { ...conflict, values_by_target: Object.fromEntries(values), help_context: HELP_CONTEXT[conflict.unit] };
}
