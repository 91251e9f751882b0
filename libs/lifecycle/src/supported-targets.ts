import { judgeCoverage, type CoverageParts } from '@cliparity/coverage';
import type { TargetId } from '@cliparity/model';

/**
 * The seen targets on which the wrapper handles or waives everything the upstream offers there, in the union's order. Judged exactly as the
 * report of that target is, inheritance of waivers included. Errors: those of `judgeCoverage`.
 */
export function supportedTargets(parts: CoverageParts): TargetId[] {
  const seen = parts.union.inputs.map((input) => input.target_triple);
  return seen.filter((target) =>
    judgeCoverage(parts, { mode: 'exact_target', target }).every(
      ({ verdict }) => verdict !== 'missing' && verdict !== 'unsupported',
    ),
  );
}
