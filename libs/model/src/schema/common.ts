import { Type, type TSchema } from '@sinclair/typebox';
import { LEVELS, UNIT_KINDS } from '../vocabulary.js';

/** An object that refuses keys it does not know, as every file of ours does. */
export const closed = <P extends Record<string, TSchema>>(properties: P, options: object = {}) =>
  Type.Object(properties, { additionalProperties: false, ...options });

/** A string out of a closed list. */
export const oneOf = <const V extends readonly string[]>(values: V) =>
  Type.Unsafe<V[number]>({ type: 'string', enum: [...values] });

export const SEMVER_PATTERN = '^\\d+\\.\\d+\\.\\d+(?:[-+][0-9A-Za-z.+-]+)?$';
export const Sha256 = Type.String({ pattern: '^[0-9a-f]{64}$', description: 'SHA-256, lower-case hexadecimal.' });
export const SemverString = Type.String({
  pattern: SEMVER_PATTERN,
  description: 'A bare semantic version without a leading v.',
});
export const Timestamp = Type.String({
  pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(?:\\.\\d+)?Z$',
  description: 'RFC 3339 in UTC with Z.',
});
export const Target = Type.String({
  pattern: '^[A-Za-z0-9][A-Za-z0-9._-]*$',
  description: 'A target triple or the upstream’s own name for one.',
});
export const Path = Type.Array(Type.String({ minLength: 1 }), {
  description: 'Words of the command below the program; the root is [].',
});
export const LevelString = oneOf(LEVELS);
export const UnitKindString = oneOf(UNIT_KINDS);
export const ByteCount = Type.Integer({ minimum: 0, description: 'Bytes.' });
/** A relative path with forward slashes that stays inside its folder. */
export const RelativePath = Type.String({
  minLength: 1,
  pattern: '^(?!/)(?![A-Za-z]:)(?!.*(?:^|/)\\.\\.(?:/|$))[^\\\\\\u0000]+$',
  description: 'A relative path with forward slashes that does not leave its folder.',
});
