import { compareBytes } from '@cliparity/model';
import { textsAt, valueAt } from '../engine/json-value.js';
import type { ParityContext } from './parity-context.js';

const SETS = ['passed_targets', 'failed_targets', 'skipped_targets'] as const;

/** The three outcomes of a version must be disjoint, expected, and explicit about the required target. Source: section 6, check 3. */
export function checkValidationSets({ rules, add }: ParityContext, version: string, metadata: unknown): void {
  if (valueAt(metadata, 'validation') === undefined) return;
  const { expected_targets: expected, required_target: required } = rules.union;
  const sets = SETS.map((name) => ({
    name,
    targets: [...new Set(textsAt(metadata, 'validation', name))].sort(compareBytes),
  }));
  const at = {
    path: `versions/${version}.json`,
    json_pointer: '/validation',
    unit: 'versions',
    field: 'validation',
    key_or_name: version,
  };
  for (const [i, a] of sets.entries())
    for (const b of sets.slice(i + 1)) {
      const overlap = a.targets.filter((target) => b.targets.includes(target));
      if (overlap.length === 0) continue;
      add({
        ...at,
        code: 'VALIDATION_TARGET_SETS_OVERLAP',
        message: `${overlap.join(', ')} in both ${a.name} and ${b.name}`,
        details: { overlap, a: a.name, b: b.name },
      });
    }
  for (const { name, targets } of sets)
    for (const target of targets.filter((one) => !expected.includes(one)))
      add({
        ...at,
        code: 'VALIDATION_TARGET_NOT_EXPECTED',
        message: `${target} of ${name} is no expected target`,
        target_triple: target,
      });
  const [passed, failed, skipped] = sets.map(({ targets }) => targets.includes(required));
  if ([passed, failed, skipped].filter(Boolean).length !== 1)
    add({
      ...at,
      code: 'VALIDATION_REQUIRED_TARGET_NOT_EXPLICIT',
      message: `the required target ${required} must be in exactly one of ${SETS.join(', ')}`,
      target_triple: required,
      details: { required_target: required, passed, failed, skipped },
    });
}
