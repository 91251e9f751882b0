import { Ajv, type ErrorObject } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { nearest } from '@cliparity/model';

/** The first thing a schema has against a value. Paths are written as people do: `store.max_bytes`, `plugins[0]`; the value itself is ``. */
export type SchemaProblem =
  | {
      readonly kind: 'unknown-key';
      readonly path: string;
      readonly key: string;
      /** The keys allowed at that place. */
      readonly known: readonly string[];
    }
  | { readonly kind: 'invalid-value'; readonly path: string; readonly message: string };

const NEWER_DRAFT = /draft\/(?:2019-09|2020-12)/;

function makeAjv(schema: object): Ajv | Ajv2020 {
  const draft = '$schema' in schema && typeof schema.$schema === 'string' ? schema.$schema : '';
  const options = { allErrors: true, verbose: true, strict: false, logger: false } as const;
  return NEWER_DRAFT.test(draft) ? new Ajv2020(options) : new Ajv(options);
}

/** JSON pointer to dotted path. */
function dotted(pointer: string): string {
  const words = pointer.split('/').slice(1);
  return words
    .map((word) => word.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((word, at) => (/^\d+$/.test(word) ? `[${word}]` : `${at === 0 ? '' : '.'}${word}`))
    .join('');
}

function unknownKey(error: ErrorObject): SchemaProblem {
  const key = String(error.params['additionalProperty'] ?? error.params['unevaluatedProperty']);
  const at = dotted(error.instancePath);
  const known = Object.keys((error.parentSchema?.['properties'] as object | undefined) ?? {});
  return { kind: 'unknown-key', path: at === '' ? key : `${at}.${key}`, key, known };
}

function invalidValue(error: ErrorObject): SchemaProblem {
  const allowed = error.params['allowedValues'] as readonly unknown[] | undefined;
  const path = dotted(error.instancePath);
  if (allowed === undefined) return { kind: 'invalid-value', path, message: error.message ?? `fails ${error.keyword}` };
  const close = typeof error.data === 'string' ? nearest(error.data, allowed.map(String)) : undefined;
  const hint = close === undefined ? '' : `; did you mean "${close}"?`;
  return {
    kind: 'invalid-value',
    path,
    message: `must be one of ${allowed.map((one) => JSON.stringify(one)).join(', ')}${hint}`,
  };
}

/**
 * Checks a value against a JSON Schema (draft 7, 2019-09 or 2020-12) and explains the first problem; an unknown key comes before a wrong value,
 * for it is often the cause of one. This module brings ajv with it: import what uses it when there is something to check.
 * @throws Error when the schema itself is broken
 */
export function firstProblem(schema: object, value: unknown): SchemaProblem | undefined {
  const validate = makeAjv(schema).compile(schema);
  if (validate(value)) return undefined;
  const errors = validate.errors ?? [];
  const unknown = errors.find(({ keyword }) => /^(?:additional|unevaluated)Properties$/.test(keyword));
  if (unknown !== undefined) return unknownKey(unknown);
  const [first] = errors;
  return first === undefined ? undefined : invalidValue(first);
}
