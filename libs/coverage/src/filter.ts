import type { TargetId } from '@cliparity/model';
import type { UpstreamView } from './upstream-view.js';

/** Which targets a report is about: some target, every expected target, or one. */
export type Filter =
  { readonly mode: 'any' } | { readonly mode: 'all' } | { readonly mode: 'exact_target'; readonly target: TargetId };

/** The targets a report names as its own. */
export function reportTargets(filter: Filter, view: UpstreamView): readonly TargetId[] {
  if (filter.mode === 'exact_target') return [filter.target];
  return filter.mode === 'all' ? view.expected : view.seen;
}

/** Whether something that is on these targets counts as present. */
export function isPresent(on: readonly TargetId[], filter: Filter, view: UpstreamView): boolean {
  const targets = reportTargets(filter, view);
  return filter.mode === 'all'
    ? targets.every((target) => on.includes(target))
    : targets.some((target) => on.includes(target));
}
