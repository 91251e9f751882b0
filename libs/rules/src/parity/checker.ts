import { compareBytes } from '@cliparity/model';
import type { ErrorObject, ValidateFunction } from 'ajv';

/** One way in which a value differs from a schema, placed as the older format's validator places it. */
export interface SchemaError {
  /** JSON pointer of the value; empty for the whole. */
  readonly pointer: string;
  readonly message: string;
}
export type Checker = (value: unknown) => readonly SchemaError[];

/** One compilation per schema text: roots made by one tool carry the same schemas. The oldest goes first. */
const compiled = new Map<string, Promise<Checker>>();
const KEPT = 16;

/**
 * Compiles a JSON Schema (draft 2020-12). ajv is loaded with the first one.
 * @throws what ajv throws about a schema that it cannot compile
 */
export function checkerOf(schema: object): Promise<Checker> {
  const text = JSON.stringify(schema);
  const known = compiled.get(text);
  if (known !== undefined) return known;
  const made = compile(schema);
  compiled.set(text, made);
  for (const oldest of compiled.keys()) if (compiled.size > KEPT) compiled.delete(oldest);
  return made;
}

async function compile(schema: object): Promise<Checker> {
  const { Ajv2020 } = await import('./ajv.js');
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false, logger: false });
  const validate = ajv.compile(withAbsoluteId(schema));
  // One error for a whole oneOf or anyOf: what is wrong inside depends on which branch was meant.
  const isChoice = 'oneOf' in schema || 'anyOf' in schema;
  return (value) => errorsOf(validate, value, isChoice);
}

/** Identifiers such as `cli_manifests/codex/SCHEMA.json` are relative to a place that nobody knows here. */
function withAbsoluteId(schema: object): object {
  const { $id, ...rest } = schema as { readonly $id?: unknown };
  return typeof $id === 'string' && $id.includes('://') ? schema : rest;
}

function errorsOf(validate: ValidateFunction, value: unknown, isChoice: boolean): readonly SchemaError[] {
  if (validate(value) === true) return [];
  const errors = validate.errors ?? [];
  if (isChoice) return [{ pointer: '', message: 'it is none of the kinds of files that the schema knows' }];
  const choices = errors.filter(({ keyword }) => keyword === 'oneOf' || keyword === 'anyOf');
  const outside = errors.filter(
    (error) =>
      error.keyword !== 'if' &&
      !choices.some(
        ({ schemaPath }) => error.schemaPath !== schemaPath && error.schemaPath.startsWith(`${schemaPath}/`),
      ),
  );
  return merged(outside).sort((a, b) => compareBytes(a.pointer, b.pointer) || compareBytes(a.message, b.message));
}

/** Unknown keys of one object are one error. */
function merged(errors: readonly ErrorObject[]): SchemaError[] {
  const found = new Map<string, SchemaError>();
  for (const { keyword, instancePath, message = keyword, params } of errors) {
    const extra = (params as { readonly additionalProperty?: string }).additionalProperty;
    const known = extra === undefined ? undefined : found.get(`${instancePath} ${keyword}`);
    const words = extra === undefined ? message : `${known?.message ?? 'unknown keys:'} ${JSON.stringify(extra)}`;
    const key = extra === undefined ? String(found.size) : `${instancePath} ${keyword}`;
    found.set(key, { pointer: instancePath, message: words });
  }
  return [...found.values()];
}
