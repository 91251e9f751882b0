import { readPointer, type PointerGrammar, type PointerRead } from './pointer-file.js';
import type { ParityContext } from './parity-context.js';
import type { ParityViolation } from './violation.js';

export const POINTER_KINDS = ['latest_supported', 'latest_validated'] as const;
export type PointerKind = (typeof POINTER_KINDS)[number];

/** The versions that the well-formed pointers of a root name; undefined for `none`, and for what cannot be used. */
export interface PointerValues {
  readonly minSupported: string | undefined;
  readonly latestValidated: string | undefined;
  /** By target. */
  readonly latest_supported: ReadonlyMap<string, string | undefined>;
  readonly latest_validated: ReadonlyMap<string, string | undefined>;
}

const ROOT_FILES = { minSupported: 'min_supported.txt', latestValidated: 'latest_validated.txt' } as const;

/** The path of one target’s pointer. */
export function pointerPath(kind: PointerKind, target: string): string {
  return `pointers/${kind}/${target}.txt`;
}

/** What the rules allow in a pointer file; the two files of the root may be stricter. */
export function pointerGrammar({ rules }: Pick<ParityContext, 'rules'>, ofRoot: boolean): PointerGrammar {
  const { stable_semver_pattern, root_pointers_allow_none: allowed = false } = rules.versioning.pointers;
  return { stable: new RegExp(stable_semver_pattern, 'u'), allowNone: ofRoot ? allowed : true };
}

type Identity = Pick<ParityViolation, 'path' | 'field' | 'key_or_name' | 'target_triple'>;

function pointerViolation(read: PointerRead, at: Identity, grammar: PointerGrammar): ParityViolation | undefined {
  const wanted = grammar.allowNone ? 'none or a stable version' : 'a stable version';
  const common = { ...at, unit: 'pointers' };
  if (read.kind === 'missing') return { ...common, code: 'POINTER_MISSING_FILE', message: `${at.path} does not exist` };
  if (read.kind === 'format')
    return { ...common, code: 'POINTER_INVALID_FORMAT', message: `one line with a newline is wanted: ${read.reason}` };
  if (read.kind === 'value')
    return { ...common, code: 'POINTER_INVALID_VALUE', message: `"${read.reason}" is not ${wanted}` };
  if (read.kind === 'unreadable')
    return { ...common, code: 'POINTER_UNREADABLE', message: `the pointer cannot be read (${read.reason})` };
  return undefined;
}

/** Checks every pointer file of the root. Source: section 6, check 1. */
export function checkPointers(ctx: ParityContext): PointerValues {
  const { view, rules, add } = ctx;
  const { expected_targets: expected, required_target: required } = rules.union;
  const read = (at: Identity, grammar: PointerGrammar): string | undefined => {
    const found = readPointer(view.read(at.path), grammar);
    const violation = pointerViolation(found, at, grammar);
    if (violation !== undefined) add(violation);
    return found.kind === 'version' ? found.version : undefined;
  };
  const ofRoot = pointerGrammar(ctx, true);
  const ofTarget = pointerGrammar(ctx, false);
  const perTarget = (kind: PointerKind) =>
    new Map(
      expected.map((target) => {
        const at = { path: pointerPath(kind, target), field: kind, key_or_name: target, target_triple: target };
        return [target, read(at, ofTarget)] as const;
      }),
    );
  const values = {
    minSupported: read({ path: ROOT_FILES.minSupported }, ofRoot),
    latestValidated: read({ path: ROOT_FILES.latestValidated }, ofRoot),
    latest_supported: perTarget('latest_supported'),
    latest_validated: perTarget('latest_validated'),
  };
  const own = readPointer(view.read(pointerPath('latest_validated', required)), ofTarget);
  const ofRequired = own.kind === 'version' ? own.version : 'none';
  if (values.latestValidated !== undefined && values.latestValidated !== ofRequired)
    add({
      code: 'POINTER_LATEST_VALIDATED_MISMATCH',
      path: ROOT_FILES.latestValidated,
      message: `it names ${values.latestValidated}, the pointer of the required target ${required} names ${ofRequired}`,
      unit: 'pointers',
      field: 'latest_validated',
      key_or_name: required,
      target_triple: required,
    });
  return values;
}
