import { Type, type Static } from '@sinclair/typebox';
import { ByteCount, closed, oneOf, Path, SemverString, Sha256, Target, Timestamp } from './common.js';
import { CommandSchema, PageSurfaceSchema, UnionCommandSchema } from './surface.js';

/** The binary a snapshot was taken from. `platform` is the target's, never the host's. */
export const BinarySchema = closed({
  sha256: Sha256,
  size_bytes: ByteCount,
  platform: closed({ os: Type.String(), arch: Type.String() }),
  target_triple: Target,
  version_output: Type.String(),
  semantic_version: SemverString,
  channel: Type.Optional(oneOf(['stable', 'beta', 'nightly', 'unknown'] as const)),
  commit: Type.Optional(Type.String()),
});

/** What a derived file was made from; compared, so it names no host, no runner and no package version. */
export const ProvenanceSchema = closed({
  dialect: Type.Optional(closed({ id: Type.String(), revision: Type.Integer({ minimum: 1 }) })),
  settings_sha256: Type.Optional(Sha256),
  inputs: Type.Array(closed({ name: Type.String(), sha256: Sha256 })),
});

export const FeatureSchema = closed({ name: Type.String(), stage: Type.String(), effective: Type.Boolean() });
export const FeaturesSchema = closed({
  mode: oneOf(['default', 'default_plus_all_enabled'] as const),
  probe_error: Type.Optional(Type.String()),
  listed: Type.Optional(Type.Array(FeatureSchema)),
  enabled_for_snapshot: Type.Optional(Type.Array(Type.String())),
  commands_added_when_all_enabled: Type.Optional(Type.Array(Path)),
});

/** The surface seen on one target: `snapshots/<version>/<target>.json`. */
export const SnapshotSchema = closed({
  snapshot_schema_version: Type.Literal(3),
  tool: Type.String({ minLength: 1 }),
  collected_at: Timestamp,
  binary: BinarySchema,
  provenance: ProvenanceSchema,
  commands: Type.Array(CommandSchema, { minItems: 1 }),
  features: Type.Optional(FeaturesSchema),
  known_omissions: Type.Optional(Type.Array(Type.String())),
});

export const UnionInputSchema = closed({
  target_triple: Target,
  collected_at: Timestamp,
  binary: BinarySchema,
  provenance: Type.Optional(ProvenanceSchema),
  features: Type.Optional(FeaturesSchema),
  known_omissions: Type.Optional(Type.Array(Type.String())),
});

/** The surface merged over targets: `snapshots/<version>/union.json`. `missing_targets` stands exactly when `complete` is false. */
export const UnionSchema = closed({
  snapshot_schema_version: Type.Literal(3),
  tool: Type.String({ minLength: 1 }),
  mode: Type.Literal('union'),
  collected_at: Timestamp,
  expected_targets: Type.Array(Target, { minItems: 1, uniqueItems: true }),
  complete: Type.Boolean(),
  missing_targets: Type.Optional(Type.Array(Target, { minItems: 1 })),
  provenance: ProvenanceSchema,
  inputs: Type.Array(UnionInputSchema, { minItems: 1 }),
  commands: Type.Array(UnionCommandSchema, { minItems: 1 }),
});

/** The version 3 schema file: a snapshot, a union or one page's surface. */
export const SurfaceFileSchema = Type.Union([SnapshotSchema, UnionSchema, PageSurfaceSchema], {
  $id: 'https://cliparity.dev/schema/surface-v3.json',
  title: 'cliparity surface, version 3',
});

export type Binary = Static<typeof BinarySchema>;
export type Provenance = Static<typeof ProvenanceSchema>;
export type Feature = Static<typeof FeatureSchema>;
export type Features = Static<typeof FeaturesSchema>;
export type Snapshot = Static<typeof SnapshotSchema>;
export type UnionInput = Static<typeof UnionInputSchema>;
export type Union = Static<typeof UnionSchema>;
