import { CoverageReportSchema } from '@cliparity/model';
import { Type, type Static } from '@sinclair/typebox';

const text = Type.Optional(Type.String());
const texts = Type.Optional(Type.Array(Type.String()));
const scope = Type.Optional(Type.Object({ platforms: texts, target_triples: texts }));
const judged = { level: Type.String(), note: text, scope };

/** `wrapper_coverage.json` of an older root. */
export const WrapperCoverageV1Schema = Type.Object({
  schema_version: Type.Literal(1),
  generated_at: text,
  wrapper_version: text,
  coverage: Type.Array(
    Type.Object({
      path: Type.Array(Type.String()),
      ...judged,
      flags: Type.Optional(Type.Array(Type.Object({ key: Type.String(), ...judged }))),
      args: Type.Optional(Type.Array(Type.Object({ name: Type.String(), ...judged }))),
    }),
  ),
});

/** `reports/<version>/coverage.*.json` of an older root. Its lists have the shape of today's. */
export const CoverageReportV1Schema = Type.Object({
  schema_version: Type.Literal(1),
  generated_at: Type.String(),
  inputs: Type.Object({
    upstream: Type.Object({ semantic_version: Type.String(), mode: Type.String(), targets: Type.Array(Type.String()) }),
    wrapper: Type.Object({ schema_version: Type.Integer(), wrapper_version: text }),
    rules: Type.Object({ rules_schema_version: Type.Integer() }),
  }),
  platform_filter: Type.Object({ mode: Type.String(), target_triple: text }),
  deltas: CoverageReportSchema.properties.deltas,
});

export type WrapperCoverageV1 = Static<typeof WrapperCoverageV1Schema>;
export type CoverageReportV1 = Static<typeof CoverageReportV1Schema>;
