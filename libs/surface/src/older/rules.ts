import { ExclusionSchema, UsageError } from '@cliparity/model';
import { Type, type Static } from '@sinclair/typebox';

const Texts = Type.Array(Type.String());
const truth = Type.Optional(Type.Boolean());

/**
 * The keys of an older root's `RULES.json` that its tools read; the rest is prose and passes unread. A root may lack what only some tools
 * need: each of our functions asks for its own part. Source: reference/parity-formats.md section 1.1.
 */
export const OlderRulesSchema = Type.Object({
  rules_schema_version: Type.Optional(Type.Integer()),
  globals: Type.Optional(
    Type.Object({
      effective_flags_model: Type.Optional(
        Type.Object({
          enabled: truth,
          union_normalization: Type.Optional(
            Type.Object({
              dedupe_per_command_flags_against_root: truth,
              dedupe_key: Type.Optional(Type.String()),
            }),
          ),
        }),
      ),
    }),
  ),
  parity_exclusions: Type.Optional(
    Type.Object({ schema_version: Type.Integer(), units: Type.Array(Type.Object(ExclusionSchema.properties)) }),
  ),
  union: Type.Object({
    require_same_tool: truth,
    require_same_semantic_version: truth,
    require_semantic_version: truth,
    required_target: Type.String(),
    expected_targets: Type.Array(Type.String(), { minItems: 1 }),
    platform_mapping: Type.Optional(Type.Record(Type.String(), Type.String())),
  }),
  sorting: Type.Optional(
    Type.Object({
      commands: Type.Optional(Type.String()),
      flags: Type.Optional(Type.String()),
      args: Type.Optional(Type.String()),
      expected_targets: Type.Optional(Type.String()),
      inputs: Type.Optional(Type.String()),
      available_on: Type.Optional(Type.String()),
      conflicts: Type.Optional(Type.String()),
      report: Type.Optional(Type.Record(Type.String(), Type.String())),
    }),
  ),
  report: Type.Optional(
    Type.Object({
      file_naming: Type.Optional(Type.Object({ any: Type.String(), all: Type.String(), per_target: Type.String() })),
      filter_semantics: Type.Optional(
        Type.Object({ when_union_incomplete: Type.Optional(Type.Record(Type.String(), Type.String())) }),
      ),
    }),
  ),
  storage: Type.Optional(
    Type.Object({ retention: Type.Optional(Type.Object({ keep_last_validated: Type.Optional(Type.Integer()) })) }),
  ),
  versioning: Type.Optional(
    Type.Object({
      pointers: Type.Optional(
        Type.Object({ stable_semver_pattern: Type.Optional(Type.String()), root_pointers_allow_none: truth }),
      ),
    }),
  ),
  features: Type.Optional(Type.Unknown()),
  scope: Type.Optional(Type.Union([Type.String(), Type.Object({})])),
  supplements: Type.Optional(Type.Unknown()),
  validation: Type.Optional(Type.Unknown()),
  ci_validation: Type.Optional(Type.Object({ validate_committed_artifacts: Type.Optional(Texts) })),
});
export type OlderRules = Static<typeof OlderRulesSchema>;

/** The only orders the older format knows; another literal is not a setting but a file we cannot follow. */
export const SUPPORTED_SORTING = {
  commands: 'lexicographic_path',
  flags: 'by_key_then_long_then_short',
  args: 'by_name',
  inputs: 'rules_expected_targets_order',
  available_on: 'rules_expected_targets_order',
  conflicts: 'by_unit_then_path_then_key_or_name_then_field',
} as const;

/** Refuses rules that ask for an order or a key that does not exist. Error: RULES_UNSUPPORTED. */
export function assertUnionRules(rules: OlderRules): void {
  for (const [key, supported] of Object.entries(SUPPORTED_SORTING)) {
    const said = rules.sorting?.[key as keyof typeof SUPPORTED_SORTING];
    if (said !== supported) throw unsupported(`/sorting/${key}`, said, supported);
  }
  const dedupe = rules.globals?.effective_flags_model?.union_normalization?.dedupe_key;
  if (dedupe !== undefined && dedupe !== '' && dedupe !== 'flag_key')
    throw unsupported('/globals/effective_flags_model/union_normalization/dedupe_key', dedupe, 'flag_key');
}

function unsupported(pointer: string, said: unknown, supported: string): UsageError {
  const words = said === undefined ? 'is missing' : `is ${JSON.stringify(said)}`;
  return new UsageError('RULES_UNSUPPORTED', `RULES.json ${pointer} ${words}; only "${supported}" is supported.`, {
    where: `RULES.json#${pointer}`,
    remedy: `Set it to "${supported}".`,
  });
}

/** Whether per-command flags that repeat a root flag's key leave the union. */
export function dedupesAgainstRoot(rules: OlderRules): boolean {
  const model = rules.globals?.effective_flags_model;
  return model?.enabled === true && model.union_normalization?.dedupe_per_command_flags_against_root === true;
}
