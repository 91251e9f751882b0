import type { TargetId } from '@cliparity/model';
import type { Claim } from './claims.js';
import { isPresent, type Filter } from './filter.js';
import type { Judged } from './judge.js';
import type { UpstreamView } from './upstream-view.js';

/** Takes out of one command’s verdicts over any target those of another filter; undefined where that filter has to be asked itself. */
export type Narrow = (overAny: readonly Judged[], filter: Filter) => readonly Judged[] | undefined;

/**
 * A wrapper that says everything of all targets says of a unit the same under every filter: only which units are there differs. Undefined
 * where some claim is about some targets only.
 */
export function narrowing(claims: readonly Claim[], view: UpstreamView): Narrow | undefined {
  const { expected, seen } = view;
  if (!hasAll(expected, seen) || !claims.every(({ targets }) => targets.length === expected.length)) return undefined;
  const everywhere = new WeakMap<readonly Judged[], boolean>();
  const isEverywhere = (judged: readonly Judged[]): boolean => {
    const known = everywhere.get(judged) ?? judged.every(({ availableOn }) => hasAll(availableOn, expected));
    everywhere.set(judged, known);
    return known;
  };
  return (overAny, filter) => {
    // A target that was not seen has units that no report over any target names.
    if (filter.mode === 'exact_target' && !seen.includes(filter.target)) return undefined;
    if (isEverywhere(overAny)) return overAny;
    const [own] = overAny;
    if (own === undefined || !isPresent(own.availableOn, filter, view)) return [];
    return overAny.filter(({ availableOn }) => isPresent(availableOn, filter, view));
  };
}

const hasAll = (list: readonly TargetId[], wanted: readonly TargetId[]): boolean =>
  wanted.every((target) => list.includes(target));
