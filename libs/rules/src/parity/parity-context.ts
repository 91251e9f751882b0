import { FindingError } from '@cliparity/model';
import type { RootView } from '../engine/root-view.js';
import { checkerOf, type Checker } from './checker.js';
import { exclusionIndex, type ExclusionIndex } from './exclusions.js';
import type { ParityCode } from './parity-code.js';
import { readParityRules, type ParityRules } from './parity-rules.js';
import type { ParityViolation } from './violation.js';

/** What every check of an older root works with. */
export interface ParityContext {
  readonly view: RootView;
  readonly rules: ParityRules;
  /** `SCHEMA.json` */
  readonly schema: Checker;
  /** `VERSION_METADATA_SCHEMA.json` */
  readonly versionSchema: Checker;
  /** Undefined when there are no exclusions or they are of an unknown version. */
  readonly exclusions: ExclusionIndex | undefined;
  readonly add: (violation: ParityViolation) => void;
}

/**
 * Reads what governs an older root.
 * Errors: those of `readParityRules`; SCHEMA_MISSING, SCHEMA_INVALID_JSON, SCHEMA_VALIDATION_FAILED for its two schema files.
 */
export async function parityContext(view: RootView, add: ParityContext['add']): Promise<ParityContext> {
  const rules = await readParityRules(view);
  const [schema, versionSchema] = await Promise.all(
    ['SCHEMA.json', 'VERSION_METADATA_SCHEMA.json'].map((path) => schemaOf(view, path)),
  );
  return {
    view,
    rules,
    schema: schema as Checker,
    versionSchema: versionSchema as Checker,
    exclusions: exclusionIndex(rules),
    add,
  };
}

async function schemaOf(view: RootView, path: string): Promise<Checker> {
  const state = view.read(path);
  const remedy = `Restore ${path} as it was committed.`;
  if (state.kind !== 'file')
    throw new FindingError('SCHEMA_MISSING', `${path} cannot be read: an older root carries its own schemas.`, {
      where: path,
      remedy,
    });
  const schema = parseJson(state.bytes);
  if (schema === undefined || schema.value === null || typeof schema.value !== 'object')
    throw new FindingError('SCHEMA_INVALID_JSON', `${path} is no JSON object.`, { where: path, remedy });
  try {
    return await checkerOf(schema.value);
  } catch (cause) {
    const message = `${path} cannot be used as a schema: ${(cause as Error).message}`;
    throw new FindingError('SCHEMA_VALIDATION_FAILED', message, { where: path, remedy, cause });
  }
}

/** The value of a JSON text in UTF-8, in a box; undefined when it is none. The last of several equal keys counts. */
export function parseJson(bytes: Uint8Array): { readonly value: unknown } | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}

export interface JsonCodes {
  /** Of a file that is no JSON. */
  readonly code: ParityCode;
  readonly missing?: () => ParityViolation;
}

/**
 * Reads one JSON file; what is wrong with it is added. A name under which nothing can stand (below a file) is both unreadable and missing,
 * as it is to the reference.
 * @returns the value in a box; undefined when there is none
 */
export function readJsonFile(
  { view, add }: ParityContext,
  path: string,
  codes: JsonCodes,
): { readonly value: unknown; readonly bytes: Uint8Array } | undefined {
  const state = view.read(path);
  if (state.kind === 'unreadable')
    add({ code: 'FILE_UNREADABLE', path, message: `the file cannot be read (${state.reason})` });
  if (state.kind !== 'file') {
    const present = state.kind === 'unreadable' && state.present;
    if (!present && codes.missing !== undefined) add(codes.missing());
    return undefined;
  }
  const parsed = parseJson(state.bytes);
  if (parsed === undefined)
    add({ code: codes.code, path, message: 'the file is not valid JSON in UTF-8', unit: 'schemas', field: 'json' });
  return parsed === undefined ? undefined : { ...parsed, bytes: state.bytes };
}

/** Adds one violation for each way in which a value differs from its schema. */
export function checkSchema(
  { add }: ParityContext,
  check: Checker,
  at: { readonly path: string; readonly value: unknown; readonly code: ParityCode },
): void {
  for (const { pointer, message } of check(at.value))
    add({
      code: at.code,
      path: at.path,
      message,
      ...(pointer !== '' && { json_pointer: pointer }),
      unit: 'schemas',
      field: 'schema',
    });
}
