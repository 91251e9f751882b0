import { Type, type Static } from '@sinclair/typebox';
import { VERSION_STATUSES } from '@cliparity/model';

const texts = Type.Optional(Type.Array(Type.String()));

/** `versions/<version>.json` of an older root; keys in the order in which they are written. Source: reference/parity-formats.md section 1.3. */
export const VersionMetadataV1Schema = Type.Object({
  schema_version: Type.Literal(1),
  semantic_version: Type.String(),
  status: Type.Unsafe<(typeof VERSION_STATUSES)[number]>({ type: 'string', enum: [...VERSION_STATUSES] }),
  updated_at: Type.String(),
  notes: Type.Optional(Type.String()),
  artifacts: Type.Optional(
    Type.Object({
      snapshots_dir: Type.Optional(Type.String()),
      reports_dir: Type.Optional(Type.String()),
      union_complete: Type.Optional(Type.Boolean()),
    }),
  ),
  coverage: Type.Optional(
    Type.Object({ supported_targets: texts, supported_required_target: Type.Optional(Type.Boolean()) }),
  ),
  validation: Type.Optional(Type.Object({ passed_targets: texts, failed_targets: texts, skipped_targets: texts })),
  promotion: Type.Optional(Type.Object({ eligible_for_latest_validated: Type.Optional(Type.Boolean()) })),
});
export type VersionMetadataV1 = Static<typeof VersionMetadataV1Schema>;

/** What `RULES.json` says about the metadata of versions; read by nothing else. */
export const SupportedPolicyV1Schema = Type.Object({
  requires_union_complete: Type.Boolean(),
  requires_semantic_version: Type.Boolean(),
  coverage_requirement: Type.Object({
    allowed_levels: Type.Array(Type.String()),
    disallowed_levels: Type.Array(Type.String()),
    treat_missing_as: Type.String(),
  }),
  intentionally_unsupported_requires_note: Type.Boolean(),
});
export type SupportedPolicyV1 = Static<typeof SupportedPolicyV1Schema>;

const state = (...words: readonly string[]) => Type.Unsafe<string>({ type: 'string', enum: [...words] });

/** One row of the support matrix, in the order in which its keys are written. */
export const SupportRowSchema = Type.Object({
  agent: Type.String(),
  version: Type.String(),
  target: Type.String(),
  manifest_support: state('supported', 'unsupported'),
  backend_support: state('supported', 'partial', 'unsupported'),
  uaa_support: state('supported', 'partial', 'unsupported'),
  pointer_promotion: state('none', 'latest_supported', 'latest_validated', 'latest_supported_and_validated'),
  evidence_notes: Type.Optional(Type.Array(Type.String())),
});
/** `support_matrix/current.json`, version 1. Source: reference/parity-formats.md section 1.5. */
export const SupportMatrixV1Schema = Type.Object({
  schema_version: Type.Integer({ minimum: 0 }),
  rows: Type.Array(SupportRowSchema),
});
export type SupportRow = Static<typeof SupportRowSchema>;
export type SupportMatrixV1 = Static<typeof SupportMatrixV1Schema>;
