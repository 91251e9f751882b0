import { textsAt } from '../engine/json-value.js';
import type { ParityContext } from './parity-context.js';
import { pointerPath, type PointerKind, type PointerValues } from './pointers.js';

const NEEDS = {
  latest_supported: { pointer: '/coverage/supported_targets', words: 'supported' },
  latest_validated: { pointer: '/validation/passed_targets', words: 'supported and passed' },
} as const;

/**
 * What a pointer names must say the same about its target. Source: section 6, check 6.
 * @param metadata version metadata as parsed, by version
 */
export function checkPointerConsistency(
  { add }: ParityContext,
  pointers: PointerValues,
  metadata: ReadonlyMap<string, unknown>,
): void {
  const check = (kind: PointerKind, target: string, version: string): void => {
    if (!metadata.has(version)) return;
    const meta = metadata.get(version);
    const supported = textsAt(meta, 'coverage', 'supported_targets').includes(target);
    const passed = textsAt(meta, 'validation', 'passed_targets').includes(target);
    if (supported && (kind === 'latest_supported' || passed)) return;
    add({
      code: 'POINTER_INCONSISTENT_WITH_VERSION_METADATA',
      path: `versions/${version}.json`,
      json_pointer: NEEDS[kind].pointer,
      message: `${pointerPath(kind, target)} names ${version}, which does not count ${target} as ${NEEDS[kind].words}`,
      unit: 'pointers',
      field: kind,
      key_or_name: target,
      target_triple: target,
    });
  };
  for (const kind of ['latest_supported', 'latest_validated'] as const)
    for (const [target, version] of pointers[kind]) if (version !== undefined) check(kind, target, version);
}
