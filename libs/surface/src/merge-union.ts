import { compareBytes, compareKeyedFlags, comparePaths } from '@cliparity/model';
import type {
  Arg,
  Command,
  Conflict,
  Flag,
  Provenance,
  Snapshot,
  TargetId,
  Union,
  UnionCommand,
} from '@cliparity/model';
import { disagreements } from './conflicts.js';
import { isSameJson } from './same-json.js';
import { rememberMerge, type MergeMemo } from './merge-memo.js';
import { omit } from './omit.js';
import { groupByKey, pathKey, unitsOf, type Seen } from './seen.js';
import { checkUnionInputs } from './union-checks.js';
import { FACTS } from './union-facts.js';

export interface UnionParts {
  /** In any order; those of targets that are not expected are left out. */
  readonly snapshots: readonly Snapshot[];
  readonly expectedTargets: readonly TargetId[];
  readonly requiredTarget: TargetId;
  /** Digests of the snapshot files and of whatever else the caller read. */
  readonly inputs: Provenance['inputs'];
  /** Saves work where many unions are merged from the same commands; the result does not depend on it. */
  readonly memo?: MergeMemo | undefined;
}

/**
 * Merges the snapshots of one version over targets. A unit is available where it was seen; where targets disagree the required target's word
 * counts (else the first expected target that has the unit) and the disagreement is recorded. Flags of the root are not taken out of the
 * commands that repeat them: that is the older format's way, see `exportParityV2`. The result does not depend on the order of the snapshots.
 * Errors: REQUIRED_TARGET_MISSING, UNION_DUPLICATE_TARGET, UNION_TOOL_MISMATCH, UNION_VERSION_MISMATCH, UNION_MIXED_DIALECTS.
 */
export function mergeUnion(parts: UnionParts): Union {
  const { expectedTargets: expected, requiredTarget } = parts;
  const inputs = checkUnionInputs(parts);
  const main = inputs.find((snapshot) => snapshot.binary.target_triple === requiredTarget) as Snapshot;
  const present = new Set(inputs.map((snapshot) => snapshot.binary.target_triple));
  const missing = expected.filter((target) => !present.has(target));
  const commands = groupByKey(
    inputs.map((snapshot) => [snapshot.binary.target_triple, snapshot.commands] as const),
    (command) => pathKey(command.path),
    requiredTarget,
  );
  return {
    snapshot_schema_version: 3,
    tool: main.tool,
    mode: 'union',
    collected_at: main.collected_at,
    expected_targets: [...expected],
    complete: missing.length === 0,
    ...(missing.length > 0 && { missing_targets: missing }),
    provenance: provenanceOf(inputs, parts.inputs),
    inputs: inputs.map(inputOf),
    commands: [...commands.values()]
      .map((seen) => rememberMerge(parts.memo, { seen, required: requiredTarget }, mergeCommand))
      .sort((a, b) => comparePaths(a.path, b.path)),
  };
}

function inputOf({ collected_at, binary, provenance, features, known_omissions }: Snapshot): Union['inputs'][number] {
  return {
    target_triple: binary.target_triple,
    collected_at,
    binary,
    provenance,
    ...(features !== undefined && { features }),
    ...(known_omissions !== undefined && { known_omissions }),
  };
}

function provenanceOf(snapshots: readonly Snapshot[], inputs: Provenance['inputs']): Provenance {
  const { dialect, settings_sha256 } = (snapshots[0] as Snapshot).provenance;
  const oneSetting = snapshots.every((snapshot) => snapshot.provenance.settings_sha256 === settings_sha256);
  return {
    ...(dialect !== undefined && { dialect }),
    ...(oneSetting && settings_sha256 !== undefined && { settings_sha256 }),
    inputs: [...inputs].sort((a, b) => compareBytes(a.name, b.name)),
  };
}

function mergeCommand(seen: Seen<Command>, required: TargetId): UnionCommand {
  return isEverywhereTheSame(seen) ? oneForAll(seen) : mergeDifferent(seen, required);
}

/** What most commands are: targets that print the same page cannot disagree, so nothing has to be compared unit by unit. */
function oneForAll({ canonical, on }: Seen<Command>): UnionCommand {
  const place = <T extends object>(units: readonly T[] | undefined, key: (unit: T) => string) =>
    [...new Map((units ?? []).map((unit) => [key(unit), unit])).values()].map((unit) => ({
      ...unit,
      available_on: [...on],
    }));
  const flags = place(canonical.flags, (flag) => flag.key).sort(compareKeyedFlags);
  const args = place(canonical.args, (arg) => arg.name).sort((a, b) => compareBytes(a.name, b.name));
  const rows = [...new Set(canonical.unexplained ?? [])];
  return {
    ...omit(canonical, 'args', 'flags', 'unexplained'),
    available_on: [...on],
    ...(args.length > 0 && { args }),
    ...(flags.length > 0 && { flags }),
    ...(rows.length > 0 && { unexplained: rows }),
  };
}

function isEverywhereTheSame({ by, canonical }: Seen<Command>): boolean {
  for (const command of by.values()) if (!isSameJson(command, canonical)) return false;
  return true;
}

function mergeDifferent(seen: Seen<Command>, required: TargetId): UnionCommand {
  const flags = unitsOf<Command, Flag>(seen, { list: (c) => c.flags ?? [], key: (flag) => flag.key, required });
  const args = unitsOf<Command, Arg>(seen, { list: (c) => c.args ?? [], key: (arg) => arg.name, required });
  const said = omit(seen.canonical, 'args', 'flags', 'unexplained');
  const conflicts = disagreements({ path: said.path, command: seen, flags, args }, FACTS).map((conflict) => {
    const evidence = evidenceOf(seen, Object.keys(conflict.values_by_target));
    return evidence === undefined ? conflict : { ...conflict, evidence };
  });
  const rows = unexplainedRows(seen);
  return {
    ...said,
    available_on: [...seen.on],
    ...(args.size > 0 && { args: [...args.values()].map(placed).sort((a, b) => compareBytes(a.name, b.name)) }),
    ...(flags.size > 0 && { flags: [...flags.values()].map(placed).sort(compareKeyedFlags) }),
    ...(conflicts.length > 0 && { conflicts }),
    ...(rows.length > 0 && { unexplained: rows }),
  };
}

const placed = <T extends object>({ canonical, on }: Seen<T>): T & { available_on: string[] } => ({
  ...canonical,
  available_on: [...on],
});

/** Rows that any target's page left unexplained, the canonical target's first: none is dropped. */
function unexplainedRows(seen: Seen<Command>): string[] {
  const others = [...seen.by.values()].flatMap((command) => command.unexplained ?? []);
  return [...new Set([...(seen.canonical.unexplained ?? []), ...others])];
}

function evidenceOf(seen: Seen<Command>, targets: readonly TargetId[]): Conflict['evidence'] {
  const digests = targets.flatMap((target) => {
    const digest = seen.by.get(target)?.help_sha256;
    return digest === undefined ? [] : [[target, digest] as const];
  });
  return digests.length === 0 ? undefined : { help_sha256_by_target: Object.fromEntries(digests) };
}
