import { Type, type Static } from '@sinclair/typebox';
import { closed, oneOf, SemverString, Target, VERSION_STATUSES } from '@cliparity/model';

const Count = Type.Integer({ minimum: 0 });

/** One (root, version, target). */
export const MatrixRowSchema = closed({
  cli: Type.String({ minLength: 1 }),
  version: SemverString,
  target: Target,
  status: oneOf(VERSION_STATUSES),
  coverage: oneOf(['complete', 'incomplete', 'unseen'] as const),
  missing: Type.Optional(Count),
  waived: Type.Optional(Count),
  tests: oneOf(['passed', 'failed', 'skipped', 'none'] as const),
  pointers: Type.Array(oneOf(['latest_supported', 'latest_validated'] as const)),
});

/** `support_matrix/current.json`, version 2: one matrix over all roots, by root, target, and newest version first. */
export const SupportMatrixSchema = closed(
  { schema_version: Type.Literal(2), rows: Type.Array(MatrixRowSchema) },
  { $id: 'https://cliparity.dev/schema/support-matrix-v2.json', title: 'Support matrix, version 2' },
);
export type MatrixRow = Static<typeof MatrixRowSchema>;
export type SupportMatrix = Static<typeof SupportMatrixSchema>;
