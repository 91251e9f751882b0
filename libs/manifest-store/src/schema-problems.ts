import { didYouMean } from '@cliparity/model';
import type { TSchema } from '@sinclair/typebox';
import type { ErrorObject, ValidateFunction } from 'ajv';
import type { Ajv2020 } from 'ajv/dist/2020.js';

/** Compiled once per schema and process; ajv itself is loaded with the first file that is read. */
const compiled = new WeakMap<TSchema, Promise<Checker>>();

interface Checker {
  readonly isSound: (value: unknown) => boolean;
  /** Compiled with the first value that is not. */
  readonly explain: () => ValidateFunction;
}

interface Compilers {
  /** Only says whether a value is as it must be: what it makes is half as large. */
  readonly quick: Ajv2020;
  /** Names everything that is wrong. */
  readonly full: Ajv2020;
}
let compilers: Promise<Compilers> | undefined;

/** The schemas are values of this code, checked by their types: compiling the schema of schemas first would cost more than all of them. */
async function makeCompilers(): Promise<Compilers> {
  const { Ajv2020: Compiler } = await import('./ajv.js');
  const trusted = { strict: false, meta: false, validateSchema: false, addUsedSchema: false };
  return { quick: new Compiler(trusted), full: new Compiler({ ...trusted, allErrors: true, verbose: true }) };
}

async function compile(schema: TSchema): Promise<Checker> {
  compilers ??= makeCompilers();
  const { quick, full } = await compilers;
  let explain: ValidateFunction | undefined;
  return { isSound: quick.compile(schema), explain: () => (explain ??= full.compile(schema)) };
}

/** One way in which a value differs from its schema. */
export interface SchemaProblem {
  /** JSON pointer of the offending value; empty for the whole. */
  readonly pointer: string;
  /** What was expected there, and for an unknown key the nearest known one. */
  readonly message: string;
}

/** How a value differs from a schema, by pointer; empty when it does not. */
export async function schemaProblems(schema: TSchema, value: unknown): Promise<readonly SchemaProblem[]> {
  const ready = compiled.get(schema) ?? compile(schema);
  compiled.set(schema, ready);
  const { isSound, explain } = await ready;
  if (isSound(value)) return [];
  const validate = explain();
  validate(value);
  const problems = (validate.errors ?? []).filter((error) => error.keyword !== 'anyOf' && error.keyword !== 'if');
  const unique = new Map(problems.map((error) => [error.instancePath + message(error), problemOf(error)]));
  return [...unique.values()].sort((a, b) => (a.pointer < b.pointer ? -1 : 1));
}

function problemOf(error: ErrorObject): SchemaProblem {
  const params = error.params as Readonly<Record<string, unknown>>;
  const key = params['additionalProperty'] ?? params['missingProperty'];
  const below = typeof key === 'string' ? `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}` : '';
  return { pointer: error.instancePath + below, message: message(error) };
}

function message(error: ErrorObject): string {
  const { keyword, params, parentSchema, data } = error;
  const said = params as Readonly<Record<string, unknown>>;
  if (keyword === 'additionalProperties') {
    const known = Object.keys((parentSchema as { properties?: object } | undefined)?.properties ?? {});
    return `unknown key.${didYouMean(String(said['additionalProperty']), known)}`;
  }
  if (keyword === 'required') return 'is missing.';
  if (keyword === 'const') return `expected ${JSON.stringify(said['allowedValue'])}, found ${excerpt(data)}.`;
  if (keyword === 'enum') return oneOf(said['allowedValues'], data);
  if (keyword === 'type') return `expected ${String(said['type'])}, found ${excerpt(data)}.`;
  return `${error.message ?? keyword}, found ${excerpt(data)}.`;
}

function oneOf(allowed: unknown, data: unknown): string {
  const names = (allowed as readonly unknown[]).map(String);
  const nearest = typeof data === 'string' ? didYouMean(data, names) : '';
  return `expected one of ${names.join(', ')}, found ${excerpt(data)}.${nearest}`;
}

function excerpt(data: unknown): string {
  const text = JSON.stringify(data) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
