import type { TargetId } from '@cliparity/model';

/** The target whose words count where targets differ: the required one if it is there, else the first there is. */
export function canonicalTarget(available: readonly TargetId[], required: TargetId): TargetId {
  return available.includes(required) ? required : (available[0] as TargetId);
}
