import { Type, type Static } from '@sinclair/typebox';
import { UsageError } from '@cliparity/model';
import type { RootView } from '../engine/root-view.js';
import { checkerOf } from './checker.js';

const maybeText = Type.Optional(Type.Union([Type.String(), Type.Null()]));
const Texts = Type.Array(Type.String());

const ExclusionV1Schema = Type.Object({
  unit: Type.String(),
  path: Texts,
  key: maybeText,
  name: maybeText,
  category: maybeText,
  note: Type.String(),
});

/** What the validator reads of `RULES.json`; the rest passes unread. Source: reference/parity-formats.md section 1.1. */
const ParityRulesSchema = Type.Object({
  union: Type.Object({
    required_target: Type.String(),
    expected_targets: Texts,
    platform_mapping: Type.Record(Type.String(), Type.String()),
  }),
  versioning: Type.Object({
    pointers: Type.Object({
      stable_semver_pattern: Type.String(),
      root_pointers_allow_none: Type.Optional(Type.Boolean()),
    }),
  }),
  wrapper_coverage: Type.Object({
    scope_semantics: Type.Object({
      defaults: Type.Object({ no_scope_means: Type.String() }),
      platforms_expand_to_expected_targets: Type.Boolean(),
      platforms_expand_using: Type.String(),
      scope_set_resolution: Type.Object({ mode: Type.String() }),
    }),
    validation: Type.Object({ disallow_overlapping_scopes: Type.Boolean(), overlap_units: Texts }),
  }),
  parity_exclusions: Type.Optional(
    Type.Union([
      Type.Object({ schema_version: Type.Integer({ minimum: 0 }), units: Type.Array(ExclusionV1Schema) }),
      Type.Null(),
    ]),
  ),
});
export type ParityRules = Static<typeof ParityRulesSchema>;
export type ExclusionV1 = Static<typeof ExclusionV1Schema>;

const REMEDY = 'Mend RULES.json: nothing of an older root can be judged without it.';

/**
 * The rules an older root is validated by. Errors: RULES_MISSING, RULES_INVALID (no JSON, or lacks a key that the validator reads),
 * RULES_UNSUPPORTED (asks for a meaning that does not exist).
 */
export async function readParityRules(view: RootView): Promise<ParityRules> {
  const state = view.read('RULES.json');
  if (state.kind !== 'file')
    throw new UsageError('RULES_MISSING', 'RULES.json cannot be read: an older root is governed by it.', {
      where: 'RULES.json',
    });
  const rules = parse(state.bytes);
  const check = await checkerOf(ParityRulesSchema);
  const [problem] = check(rules);
  if (problem !== undefined) throw invalid(`${problem.pointer} ${problem.message}`.trim(), problem.pointer);
  assertSupported(rules as ParityRules);
  return rules as ParityRules;
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)) as unknown;
  } catch (cause) {
    throw invalid(`is not valid JSON: ${(cause as Error).message}`, '');
  }
}

const invalid = (problem: string, pointer: string): UsageError =>
  new UsageError('RULES_INVALID', `RULES.json is not as it must be: ${problem}`, {
    where: pointer === '' ? 'RULES.json' : `RULES.json#${pointer}`,
    remedy: REMEDY,
  });

function assertSupported({ wrapper_coverage: { scope_semantics }, versioning }: ParityRules): void {
  const base = '/wrapper_coverage/scope_semantics';
  const { platforms_expand_using: using, defaults, scope_set_resolution: resolution } = scope_semantics;
  const guards = [
    [`${base}/platforms_expand_using`, using, 'union.platform_mapping'],
    [`${base}/defaults/no_scope_means`, defaults.no_scope_means, 'all_expected_targets'],
    [`${base}/scope_set_resolution/mode`, resolution.mode, 'union'],
  ] as const;
  for (const [pointer, said, known] of guards)
    if (said !== known) throw unsupported(pointer, `is "${said}"; only "${known}" is supported`);
  try {
    new RegExp(versioning.pointers.stable_semver_pattern, 'u');
  } catch {
    throw unsupported('/versioning/pointers/stable_semver_pattern', 'is no regular expression');
  }
}

const unsupported = (pointer: string, words: string): UsageError =>
  new UsageError('RULES_UNSUPPORTED', `RULES.json ${pointer} ${words}.`, {
    where: pointer === '' ? 'RULES.json' : `RULES.json#${pointer}`,
    remedy: REMEDY,
  });
