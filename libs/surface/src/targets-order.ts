import type { TargetId } from '@cliparity/model';

/** The members of `seen` in the order of `expected`. */
export function inExpectedOrder(expected: readonly TargetId[], seen: Iterable<TargetId>): TargetId[] {
  const set = new Set(seen);
  return expected.filter((target) => set.has(target));
}

/** The target whose words count where targets differ: the required one if it is there, else the first there is. */
export function canonicalTarget(available: readonly TargetId[], required: TargetId): TargetId {
  return available.includes(required) ? required : (available[0] as TargetId);
}
