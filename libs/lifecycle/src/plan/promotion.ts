import { compareVersions, FindingError, UsageError, type TargetId } from '@cliparity/model';
import type { VersionMetadata } from '../schema/version-metadata.js';
import { pointerText, type PlannedWrite, type RootPointers } from './pointers.js';

export interface PromotionParts {
  readonly version: string;
  readonly metadata: VersionMetadata;
  /** The text of the version's union: `current.json` becomes it, byte for byte. */
  readonly unionText: string;
  /** Targets that have a snapshot of the version: a pointer to anything else would point at nothing. */
  readonly seenTargets: readonly TargetId[];
  readonly expectedTargets: readonly TargetId[];
  readonly requiredTarget: TargetId;
  readonly pointers: RootPointers;
}

/** One pointer that moves. */
export interface PointerMove {
  readonly path: string;
  readonly from: string | undefined;
  readonly to: string;
}
export interface PromotionPlan {
  /** All files of the promotion, also those whose text stays: written together they are consistent. */
  readonly writes: readonly PlannedWrite[];
  readonly moves: readonly PointerMove[];
  /** Targets whose pointers stay, with the reason. */
  readonly stays: readonly { readonly target: TargetId; readonly reason: string }[];
}

const isNewer = (version: string, than: string | undefined): boolean =>
  than === undefined || compareVersions(version, than) > 0;

/**
 * Makes a version the latest validated one: its targets' pointers, `latest_validated.txt`, `current.json` and, when nothing was supported
 * before, `min_supported.txt`. Pointers only move forward; targets on which the version did not pass keep theirs.
 * Errors: VERSION_NOT_STABLE, GATE_NOT_MET (not eligible), PROMOTION_BACKWARDS.
 */
export function planPromotion(parts: PromotionParts): PromotionPlan {
  const { version, pointers, requiredTarget } = parts;
  checkPromotion(parts);
  const supported = new Set(parts.metadata.coverage?.supported_targets ?? []);
  const passed = new Set(parts.metadata.validation?.passed_targets ?? []);
  // Under a policy that lets tests alone decide, the required target need not be supported; then no other target must be.
  const coverageCounts = supported.has(requiredTarget);
  const seen = new Set(parts.seenTargets);
  const validated = (target: TargetId): boolean =>
    passed.has(target) && seen.has(target) && (!coverageCounts || supported.has(target));
  const next = parts.expectedTargets.flatMap((target) => [
    pointerOf(parts, { kind: 'latest_supported', target, qualifies: supported.has(target) }),
    pointerOf(parts, { kind: 'latest_validated', target, qualifies: validated(target) }),
  ]);
  const root = [
    { path: 'latest_validated.txt', from: pointers.rootValidated, to: version },
    { path: 'min_supported.txt', from: pointers.minSupported, to: pointers.minSupported ?? version },
  ];
  const all = [...next, ...root];
  return {
    writes: [
      ...all.map(({ path, to }) => ({ path, text: pointerText(to) })),
      { path: 'current.json', text: parts.unionText },
    ],
    moves: all.flatMap(({ path, from, to }) => (to !== undefined && to !== from ? [{ path, from, to }] : [])),
    stays: parts.expectedTargets
      .filter((target) => !validated(target))
      .map((target) => ({ target, reason: reasonOf(target, parts) })),
  };
}

function checkPromotion({ version, metadata, pointers }: PromotionParts): void {
  const where = `versions/${version}.json`;
  if (!/^\d+\.\d+\.\d+$/.test(version))
    throw new UsageError('VERSION_NOT_STABLE', `${version} is a pre-release; pointers name stable versions only.`, {
      where: version,
      remedy: 'Promote the release that follows it.',
    });
  if (!metadata.promotion.eligible_for_latest_validated)
    throw new FindingError('GATE_NOT_MET', `${version} is ${metadata.status} and not eligible for promotion.`, {
      where,
      remedy: 'Verify it first: its own tests must pass on the required target.',
    });
  const before = pointers.rootValidated;
  if (before !== undefined && compareVersions(version, before) < 0)
    throw new FindingError('PROMOTION_BACKWARDS', `${before} is validated; pointers do not go back to ${version}.`, {
      where: 'latest_validated.txt',
      remedy: 'Promote a newer version. To retract one, change the pointers in a commit of your own that says why.',
    });
}

type Kind = 'latest_supported' | 'latest_validated';

function pointerOf(
  { version, pointers }: PromotionParts,
  at: { readonly kind: Kind; readonly target: TargetId; readonly qualifies: boolean },
): { readonly path: string; readonly from: string | undefined; readonly to: string | undefined } {
  const known = at.kind === 'latest_supported' ? pointers.latestSupported : pointers.latestValidated;
  const from = known.get(at.target);
  const to = at.qualifies && isNewer(version, from) ? version : from;
  return { path: `pointers/${at.kind}/${at.target}.txt`, from, to };
}

function reasonOf(target: TargetId, { metadata, seenTargets }: PromotionParts): string {
  const { validation, coverage } = metadata;
  if (validation?.failed_targets.includes(target) === true) return 'its tests failed';
  if (validation?.skipped_targets.includes(target) === true) return 'its tests were skipped';
  if (validation?.passed_targets.includes(target) !== true) return 'its tests did not run';
  if (!seenTargets.includes(target)) return 'it has no snapshot';
  return coverage?.supported_targets.includes(target) === true ? 'nothing changes' : 'not everything is handled there';
}
