import { CouldNotRun, FindingError } from '@cliparity/model';
import type { Snapshot } from '@cliparity/model';
import type { UnionParts } from './merge-union.js';

const place = ({ binary }: Snapshot): string => `snapshots/${binary.semantic_version}/${binary.target_triple}.json`;

function dialectText({ provenance }: Snapshot): string {
  const { dialect } = provenance;
  return dialect === undefined ? 'no recorded dialect' : `${dialect.id} revision ${String(dialect.revision)}`;
}

/** The snapshots of expected targets in expected order, when they may be merged at all. */
export function checkUnionInputs(parts: Omit<UnionParts, 'inputs'>): Snapshot[] {
  const { snapshots, expectedTargets, requiredTarget } = parts;
  const byTarget = new Map<string, Snapshot>();
  for (const snapshot of snapshots) {
    const target = snapshot.binary.target_triple;
    if (byTarget.has(target))
      throw new FindingError('UNION_DUPLICATE_TARGET', `Two snapshots are of ${target}.`, { where: place(snapshot) });
    byTarget.set(target, snapshot);
  }
  const main = byTarget.get(requiredTarget);
  if (main === undefined || !expectedTargets.includes(requiredTarget))
    throw new CouldNotRun('REQUIRED_TARGET_MISSING', `There is no snapshot of the required target ${requiredTarget}.`, {
      where: requiredTarget,
      remedy: `Make it with \`cliparity snapshot CLI VERSION --target ${requiredTarget}\`, or import it from a machine that can.`,
    });
  const inputs = expectedTargets.flatMap((target) => byTarget.get(target) ?? []);
  for (const snapshot of inputs) checkPair(main, snapshot);
  return inputs;
}

function checkPair(main: Snapshot, other: Snapshot): void {
  const { target_triple: target, semantic_version: version } = other.binary;
  const against = main.binary;
  const where = place(other);
  if (other.tool !== main.tool)
    throw new FindingError(
      'UNION_TOOL_MISMATCH',
      `${target} is of ${other.tool}, ${against.target_triple} of ${main.tool}.`,
      { where },
    );
  if (version !== against.semantic_version)
    throw new FindingError(
      'UNION_VERSION_MISMATCH',
      `${target} is of version ${version}, ${against.target_triple} of ${against.semantic_version}.`,
      { where },
    );
  if (dialectText(other) !== dialectText(main))
    throw new FindingError(
      'UNION_MIXED_DIALECTS',
      `${target} was read with ${dialectText(other)}, ${against.target_triple} with ${dialectText(main)}; their differences would pass for differences between platforms.`,
      { where, remedy: `Read both again with \`cliparity snapshot CLI ${version}\`.` },
    );
}
