import { Type, type Static } from '@sinclair/typebox';
import { sha256 } from './digest.js';
import { closed, oneOf, Target } from './schema/common.js';
import { SEVERITIES } from './vocabulary.js';

export const FindingSchema = closed({
  code: Type.String({ pattern: '^[A-Z][A-Z0-9_]*$' }),
  severity: oneOf(SEVERITIES),
  message: Type.String(),
  location: Type.Optional(
    closed({
      file: Type.Optional(Type.String()),
      pointer: Type.Optional(Type.String({ description: 'JSON pointer inside the file.' })),
      line: Type.Optional(Type.Integer({ minimum: 1 })),
    }),
  ),
  unit: Type.Optional(Type.String()),
  target: Type.Optional(Target),
  fingerprint: Type.String({ pattern: '^[0-9a-f]{16}$' }),
  help: Type.Optional(Type.String()),
  details: Type.Optional(Type.Unknown()),
});

/** One thing that is wrong, wherever it was found. */
export type Finding = Static<typeof FindingSchema>;

/** What makes a finding the same finding tomorrow: never its line number, never its wording. */
export interface FindingIdentity {
  readonly code: string;
  readonly file?: string | undefined;
  readonly unit?: string | undefined;
  readonly target?: string | undefined;
  /** Anything else that tells two findings of one code in one file apart. */
  readonly key?: string | undefined;
}

/** First 16 hexadecimal digits of SHA-256 over code, file, unit, target and key, joined by U+001F. */
export function fingerprintOf(identity: FindingIdentity): string {
  const { code, file = '', unit = '', target = '', key = '' } = identity;
  return sha256([code, file, unit, target, key].join('\u001f')).slice(0, 16);
}

export interface FindingDraft extends FindingIdentity {
  readonly message: string;
  readonly severity?: Finding['severity'];
  readonly pointer?: string | undefined;
  readonly line?: number | undefined;
  readonly help?: string | undefined;
  readonly details?: unknown;
}

/** Completes a draft with its severity (error unless said) and fingerprint. */
export function finding(draft: FindingDraft): Finding {
  const { file, pointer, line } = draft;
  const located = file !== undefined || pointer !== undefined || line !== undefined;
  return {
    code: draft.code,
    severity: draft.severity ?? 'error',
    message: draft.message,
    ...(located && {
      location: {
        ...(file !== undefined && { file }),
        ...(pointer !== undefined && { pointer }),
        ...(line !== undefined && { line }),
      },
    }),
    ...(draft.unit !== undefined && { unit: draft.unit }),
    ...(draft.target !== undefined && { target: draft.target }),
    fingerprint: fingerprintOf(draft),
    ...(draft.help !== undefined && { help: draft.help }),
    ...(draft.details !== undefined && { details: draft.details }),
  };
}
