import { Type, type Static } from '@sinclair/typebox';

/**
 * Snapshot version 1 and union version 2, the older format, as tolerant as its readers are: unknown keys are allowed, a union's flag may
 * lack its key. The order of the properties is the order in which they are written. Source: reference/parity-formats.md section 1.2.
 */
const Texts = Type.Array(Type.String());
const text = Type.Optional(Type.String());
const truth = Type.Optional(Type.Boolean());
const texts = Type.Optional(Texts);

export const BinaryV1Schema = Type.Object({
  sha256: Type.String(),
  size_bytes: Type.Integer({ minimum: 0 }),
  platform: Type.Object({ os: Type.String(), arch: Type.String() }),
  target_triple: Type.String(),
  version_output: Type.String(),
  semantic_version: Type.String(),
  channel: text,
  commit: text,
});

const argNames = { name: Type.String(), required: truth, variadic: truth };
const flagNames = { long: text, short: text, takes_value: truth, value_name: text, repeatable: truth };
const known = { features: Type.Optional(Type.Unknown()), known_omissions: texts };

export const ArgV1Schema = Type.Object({ ...argNames, note: text });
export const FlagV1Schema = Type.Object({ ...flagNames, stability: text, platforms: texts });
export const CommandV1Schema = Type.Object({
  path: Texts,
  about: text,
  usage: text,
  stability: text,
  platforms: texts,
  args: Type.Optional(Type.Array(ArgV1Schema)),
  flags: Type.Optional(Type.Array(FlagV1Schema)),
});

/** `snapshots/<version>/<target>.json` of an older root. */
export const SnapshotV1Schema = Type.Object({
  snapshot_schema_version: Type.Literal(1),
  tool: Type.String(),
  collected_at: Type.String(),
  binary: BinaryV1Schema,
  commands: Type.Array(CommandV1Schema),
  ...known,
});

const availability = { available_on: Texts };
export const ArgV2Schema = Type.Object({ ...argNames, inferred_from_usage: truth, note: text, ...availability });
export const FlagV2Schema = Type.Object({ key: text, ...flagNames, ...availability });
export const ConflictV2Schema = Type.Object({
  unit: Type.String(),
  path: Texts,
  key: text,
  name: text,
  field: Type.String(),
  values_by_target: Type.Record(Type.String(), Type.Unknown()),
  help_context: text,
  evidence: Type.Optional(
    Type.Object({
      help_ref_by_target: Type.Optional(Type.Record(Type.String(), Type.String())),
      help_sha256_by_target: Type.Optional(Type.Record(Type.String(), Type.String())),
    }),
  ),
  note: text,
});
export const CommandV2Schema = Type.Object({
  path: Texts,
  ...availability,
  about: text,
  usage: text,
  args: Type.Optional(Type.Array(ArgV2Schema)),
  flags: Type.Optional(Type.Array(FlagV2Schema)),
  conflicts: Type.Optional(Type.Array(ConflictV2Schema)),
});
export const UnionInputV2Schema = Type.Object({
  target_triple: Type.String(),
  collected_at: text,
  binary: BinaryV1Schema,
  ...known,
});

/** `snapshots/<version>/union.json` of an older root. */
export const UnionV2Schema = Type.Object({
  snapshot_schema_version: Type.Literal(2),
  tool: Type.String(),
  mode: Type.Literal('union'),
  collected_at: Type.String(),
  expected_targets: Texts,
  complete: Type.Boolean(),
  missing_targets: texts,
  inputs: Type.Array(UnionInputV2Schema),
  commands: Type.Array(CommandV2Schema),
});

export type BinaryV1 = Static<typeof BinaryV1Schema>;
export type ArgV1 = Static<typeof ArgV1Schema>;
export type FlagV1 = Static<typeof FlagV1Schema>;
export type CommandV1 = Static<typeof CommandV1Schema>;
export type SnapshotV1 = Static<typeof SnapshotV1Schema>;
export type ArgV2 = Static<typeof ArgV2Schema>;
export type FlagV2 = Static<typeof FlagV2Schema>;
export type ConflictV2 = Static<typeof ConflictV2Schema>;
export type CommandV2 = Static<typeof CommandV2Schema>;
export type UnionInputV2 = Static<typeof UnionInputV2Schema>;
export type UnionV2 = Static<typeof UnionV2Schema>;
