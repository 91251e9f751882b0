import { UsageError, compareBytes, comparePaths, pathText } from '@cliparity/model';
import type { CommandPath, TargetId } from '@cliparity/model';
import { claimsByUnit, unitText, type Claim } from './claims.js';
import { reportTargets } from './filter.js';
import { resolve, type Resolving } from './resolve.js';

/** A command that is intentionally unsupported, and with it all below it that says nothing of its own. */
export interface WaivedSubtree {
  readonly path: CommandPath;
  readonly targets: readonly TargetId[];
  readonly note: string;
}

/** The note that an intentionally unsupported unit must have. Error: COVERAGE_NOTE_MISSING. */
export function requireNote(
  note: string | undefined,
  claim: Pick<Claim, 'unit' | 'path' | 'name' | 'pointer'>,
): string {
  if (note !== undefined && note.trim() !== '') return note.trim();
  throw new UsageError('COVERAGE_NOTE_MISSING', `${unitText(claim)} is intentionally unsupported but says not why.`, {
    where: `wrapper_coverage.json#${claim.pointer}/note`,
    remedy: 'Add a note with the reason.',
  });
}

/** The waived subtrees under a filter, deepest first, then by path. */
export function waivedSubtrees(claims: readonly Claim[], how: Resolving): WaivedSubtree[] {
  const commands = claimsByUnit(claims.filter((claim) => claim.unit === 'command'));
  const roots = [...commands.values()].flatMap((own) => {
    if (!own.some((claim) => claim.level === 'intentionally_unsupported')) return [];
    const { level, note, targets } = resolve(own, how);
    const first = own[0] as Claim;
    return level === 'intentionally_unsupported' ? [{ path: first.path, targets, note: requireNote(note, first) }] : [];
  });
  return roots.sort((a, b) => b.path.length - a.path.length || comparePaths(a.path, b.path));
}

const begins = (path: CommandPath, whole: CommandPath): boolean =>
  path.every((word, i) => compareBytes(word, whole[i] ?? '') === 0);

/**
 * The subtree a unit without a level of its own is waived with. Where the subtree's targets hold only some of the unit's, the required target
 * decides; the older format, which knows no required target here, gives up. Error: COVERAGE_SCOPE_MISMATCH.
 */
export function waivedBy(
  roots: readonly WaivedSubtree[],
  unit: { readonly path: CommandPath; readonly availableOn: readonly TargetId[] },
  how: Resolving,
): WaivedSubtree | undefined {
  if (roots.length === 0) return undefined;
  const relevant = unit.availableOn.filter((target) => reportTargets(how.filter, how.view).includes(target));
  for (const root of roots) {
    if (root.path.length > unit.path.length || !begins(root.path, unit.path)) continue;
    const shared = relevant.filter((target) => root.targets.includes(target));
    if (shared.length === 0) continue;
    if (shared.length === relevant.length) return root;
    const required = how.requiredTarget;
    if (required === undefined || !relevant.includes(required)) throw mismatch(root, unit.path, relevant);
    if (root.targets.includes(required)) return root;
  }
  return undefined;
}

function mismatch(root: WaivedSubtree, path: CommandPath, relevant: readonly TargetId[]): UsageError {
  return new UsageError(
    'COVERAGE_SCOPE_MISMATCH',
    `${pathText(root.path)} is intentionally unsupported on ${root.targets.join(', ')} only, but ${pathText(path)} below it is on ${relevant.join(', ')}.`,
    { where: 'wrapper_coverage.json', remedy: 'Widen the scope, or state a level for what is below it.' },
  );
}
