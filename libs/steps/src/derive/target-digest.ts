import { digestOf, type TargetId } from '@cliparity/model';

/** What a union depends on besides its snapshots: which targets are expected, in which order, and which one is required. */
export function digestOfTargets(expected: readonly TargetId[], required: TargetId): string {
  return digestOf({ expected, required });
}
