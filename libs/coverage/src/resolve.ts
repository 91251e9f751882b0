import { UsageError } from '@cliparity/model';
import type { TargetId } from '@cliparity/model';
import { unitText, type Claim } from './claims.js';
import { isPresent, reportTargets, type Filter } from './filter.js';
import type { UpstreamView } from './upstream-view.js';

export interface Resolution {
  /** Whether the wrapper has the unit as far as the filter asks. */
  readonly present: boolean;
  /** Targets of the filter that some claim covers, in expected order. */
  readonly targets: readonly TargetId[];
  readonly level?: string;
  readonly note?: string;
}
export interface Resolving {
  readonly view: UpstreamView;
  readonly filter: Filter;
  /**
   * The target whose level counts when targets differ. Without it (the older format) a difference is an error.
   */
  readonly requiredTarget?: TargetId | undefined;
}

/** What the wrapper says about one unit under a filter. Error: COVERAGE_LEVELS_DIFFER. */
export function resolve(claims: readonly Claim[], how: Resolving, availableOn?: readonly TargetId[]): Resolution {
  const asked = reportTargets(how.filter, how.view);
  const relevant = claims.filter((claim) => claim.targets.some((target) => asked.includes(target)));
  const covered = new Set(relevant.flatMap((claim) => claim.targets));
  const settled = settle(relevant, how, availableOn);
  const level = settled[0]?.level;
  const note = settled.map((claim) => claim.note?.trim() ?? '').find((text) => text !== '');
  return {
    present: isPresent([...covered], how.filter, how.view),
    targets: how.view.expected.filter((target) => covered.has(target) && asked.includes(target)),
    ...(level !== undefined && { level }),
    ...(note !== undefined && { note }),
  };
}

const levelsOf = (claims: readonly Claim[]): number => new Set(claims.map((claim) => claim.level)).size;

/**
 * The claims that count, all of one level. Where targets differ: first only the targets that have the unit, then the required target alone.
 * A deviation from the older format, which gives up there and so cannot say `explicit` on one system and `unsupported` on another.
 */
function settle(claims: readonly Claim[], how: Resolving, availableOn?: readonly TargetId[]): readonly Claim[] {
  if (levelsOf(claims) < 2) return claims;
  if (how.requiredTarget === undefined) throw levelsDiffer(claims, how);
  const where = claims.filter((claim) => availableOn === undefined || meets(claim, availableOn));
  if (levelsOf(where) === 1) return where;
  const required = how.requiredTarget;
  const atRequired = claims.filter((claim) => claim.targets.includes(required));
  if (levelsOf(atRequired) === 1) return atRequired;
  throw levelsDiffer(claims, how);
}

const meets = (claim: Claim, targets: readonly TargetId[]): boolean =>
  claim.targets.some((target) => targets.includes(target));

function levelsDiffer(claims: readonly Claim[], { filter, requiredTarget }: Resolving): UsageError {
  const first = claims[0] as Claim;
  const said = claims.map((claim) => `${claim.level} on ${claim.targets.join(', ')}`).join('; ');
  const why = requiredTarget === undefined ? '' : ` and none of them is about the required target ${requiredTarget}`;
  return new UsageError(
    'COVERAGE_LEVELS_DIFFER',
    `${unitText(first)} has several levels in the report over ${filter.mode} (${said})${why}.`,
    {
      where: `wrapper_coverage.json#${first.pointer}`,
      remedy: 'State one level, or add an entry whose scope holds the required target.',
    },
  );
}
