import { CouldNotRun, FindingError, compareBytes, compareKeyedFlags, comparePaths, flagKey } from '@cliparity/model';
import type { TargetId } from '@cliparity/model';
import { groupByKey, pathKey, unitsOf, type Seen } from '../seen.js';
import { conflictsV2, type EvidenceOf } from './conflicts-v2.js';
import { assertUnionRules, dedupesAgainstRoot, type OlderRules } from './rules.js';
import type { ArgV1, ArgV2, CommandV1, CommandV2, FlagV1, FlagV2, SnapshotV1, UnionV2 } from './schema.js';

export const INFERRED_NOTE = 'inferred from usage';

export interface UnionV2Parts {
  /** By the target whose file it is; targets that the rules do not expect are ignored. */
  readonly snapshots: ReadonlyMap<TargetId, SnapshotV1>;
  readonly version: string;
  readonly rules: OlderRules;
  readonly collectedAt: string;
  /** The raw help file of one command on one target, when it is there. */
  readonly evidence?: EvidenceOf;
}

/**
 * The older format's union, byte for byte once serialised with `UnionV2Schema`. Source: reference/parity-formats.md section 3.
 * Errors: RULES_UNSUPPORTED, REQUIRED_TARGET_MISSING, UNION_VERSION_MISMATCH, UNION_TOOL_MISMATCH.
 */
export function unionV2(parts: UnionV2Parts): UnionV2 {
  const { rules, snapshots } = parts;
  assertUnionRules(rules);
  const { expected_targets: expected, required_target: required } = rules.union;
  const inputs = expected.flatMap((target) => {
    const snapshot = snapshots.get(target);
    return snapshot === undefined ? [] : [[target, snapshot] as const];
  });
  checkInputs(parts, inputs);
  const missing = expected.filter((target) => !snapshots.has(target));
  const commands = groupByKey(
    inputs.map(([target, { commands: list }]) => [target, list] as const),
    (command) => pathKey(command.path),
    required,
  );
  const merged = [...commands.values()]
    .map((seen) => mergeCommand(seen, required, parts.evidence))
    .sort((a, b) => comparePaths(a.path, b.path));
  return {
    snapshot_schema_version: 2,
    tool: (snapshots.get(required) as SnapshotV1).tool,
    mode: 'union',
    collected_at: parts.collectedAt,
    expected_targets: [...expected],
    complete: missing.length === 0,
    ...(missing.length > 0 && { missing_targets: missing }),
    inputs: inputs.map(([target, snapshot]) => inputOf(target, snapshot)),
    commands: dedupesAgainstRoot(rules) ? dedupeAgainstRoot(merged) : merged,
  };
}

function inputOf(target: TargetId, snapshot: SnapshotV1): UnionV2['inputs'][number] {
  const { collected_at, binary, features, known_omissions } = snapshot;
  return {
    target_triple: target,
    collected_at,
    binary,
    ...(features !== undefined && { features }),
    ...(known_omissions !== undefined && { known_omissions }),
  };
}

function checkInputs(parts: UnionV2Parts, inputs: readonly (readonly [TargetId, SnapshotV1])[]): void {
  const { required_target: required, require_same_tool, require_same_semantic_version } = parts.rules.union;
  const first = parts.snapshots.get(required);
  if (first === undefined)
    throw new CouldNotRun('REQUIRED_TARGET_MISSING', `There is no snapshot of the required target ${required}.`, {
      where: `snapshots/${parts.version}/${required}.json`,
      remedy: `Make it with \`cliparity snapshot CLI ${parts.version} --target ${required}\`.`,
    });
  for (const [target, { tool, binary }] of inputs) {
    const where = `snapshots/${parts.version}/${target}.json`;
    if (require_same_tool === true && tool !== first.tool)
      throw new FindingError('UNION_TOOL_MISMATCH', `${target} is of ${tool}, ${required} of ${first.tool}.`, {
        where,
      });
    if (require_same_semantic_version === true && binary.semantic_version !== parts.version) {
      const words = `${target} is of version ${binary.semantic_version}, not ${parts.version}.`;
      throw new FindingError('UNION_VERSION_MISMATCH', words, { where });
    }
  }
}

/** A flag without any spelling cannot be named and is left out, as the older format does. */
const namedFlags = (command: CommandV1): FlagV1[] => (command.flags ?? []).filter((flag) => flagKey(flag) !== '');

function mergeCommand(seen: Seen<CommandV1>, required: TargetId, evidence: EvidenceOf | undefined): CommandV2 {
  const flags = unitsOf(seen, { list: namedFlags, key: flagKey, required });
  const args = unitsOf(seen, { list: (command) => command.args ?? [], key: (arg) => arg.name, required });
  const { path, about, usage } = seen.canonical;
  const conflicts = conflictsV2({ path, command: seen, flags, args }, evidence);
  return {
    path,
    available_on: [...seen.on],
    ...(about !== undefined && { about }),
    ...(usage !== undefined && { usage }),
    ...(args.size > 0 && {
      args: [...args.values()].map(mergeArg).sort((a, b) => compareBytes(a.name, b.name)),
    }),
    ...(flags.size > 0 && {
      flags: [...flags].map(([key, flag]) => mergeFlag(key, flag)).sort(compareKeyedFlags),
    }),
    ...(conflicts.length > 0 && { conflicts }),
  };
}

function mergeFlag(key: string, { canonical, on }: Seen<FlagV1>): FlagV2 & { readonly key: string } {
  const { long, short, takes_value = false, value_name, repeatable } = canonical;
  return {
    key,
    ...(long !== undefined && { long }),
    ...(short !== undefined && { short }),
    takes_value,
    ...(value_name !== undefined && { value_name }),
    ...(repeatable !== undefined && { repeatable }),
    available_on: [...on],
  };
}

function mergeArg({ canonical, on }: Seen<ArgV1>): ArgV2 {
  const { name, required = false, variadic = false, note } = canonical;
  return {
    name,
    required,
    variadic,
    ...(note?.trim() === INFERRED_NOTE && { inferred_from_usage: true }),
    ...(note !== undefined && { note }),
    available_on: [...on],
  };
}

/** Takes flags (and their conflicts) out of every command when the root has one of the same key; only keys are compared. */
export function dedupeAgainstRoot(commands: readonly CommandV2[]): CommandV2[] {
  const root = commands.find((command) => command.path.length === 0);
  const keys = new Set((root?.flags ?? []).map((flag) => flag.key));
  return commands.map((command) => {
    if (command.path.length === 0) return command;
    const { flags, conflicts, ...rest } = command;
    const kept = (flags ?? []).filter((flag) => !keys.has(flag.key));
    const open = (conflicts ?? []).filter((conflict) => conflict.unit !== 'flag' || !keys.has(conflict.key));
    return { ...rest, ...(kept.length > 0 && { flags: kept }), ...(open.length > 0 && { conflicts: open }) };
  });
}
