import { constants } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { CliparityError, CouldNotRun, FindingError, UsageError } from '@cliparity/model';
import type { Static, TSchema } from '@sinclair/typebox';
import { jsonProblem, placeOf } from './json-problem.js';
import { schemaProblems } from './schema-problems.js';

export interface ReadOptions {
  /**
   * Whose mistake a bad file is. `artifact` (default): a committed file is not what it claims to be, exit 1. `settings`: the user wrote it by
   * hand, exit 2.
   */
  readonly as?: 'artifact' | 'settings';
  /** Lets the last of several equal keys win: only for an older root's RULES.json, where such files exist. */
  readonly allowDuplicateKeys?: boolean;
  /** What to do when the file is missing, as a sentence. */
  readonly remedy?: string;
  /** How to call the file in messages; its path unless said. */
  readonly name?: string;
}

const SHOWN = 5;

/**
 * Reads and checks one JSON file.
 * Errors: FILE_MISSING, FILE_UNREADABLE, FILE_NOT_UTF8, FILE_INVALID_JSON (with line and column), FILE_SCHEMA_INVALID (with JSON pointer, what was
 * expected and, for an unknown key, the nearest known one).
 * @param path the file
 * @param schema what it must be; pass the same object each time: it is compiled once
 */
export async function readJson<S extends TSchema>(
  path: string,
  schema: S,
  options: ReadOptions = {},
): Promise<Static<S>> {
  return checkJson(await readBytes(path, options), schema, { name: path, ...options });
}

/** As `readJson`, but undefined when there is no such file. */
export async function readJsonIfThere<S extends TSchema>(
  path: string,
  schema: S,
  options: ReadOptions = {},
): Promise<Static<S> | undefined> {
  try {
    return await readJson(path, schema, options);
  } catch (thrown) {
    if (thrown instanceof CliparityError && thrown.code === 'FILE_MISSING') return undefined;
    throw thrown;
  }
}

/** What no file that is read whole comes near. */
const MAX_BYTES = 256 * 1024 * 1024;

/** What is there is nothing to be read whole; the message says why. */
class NotReadable extends Error {}

/** Only plain files are read: a pipe in a root would wait for a writer, a link to a device might never end. */
async function plainBytes(path: string): Promise<Uint8Array> {
  // What a shell hands over in place of a file (`<(command)`, standard input) is named there.
  if (/^\/(?:dev|proc)\//.test(path)) return readFile(path);
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const found = await file.stat();
    if (!found.isFile()) throw new NotReadable(found.isDirectory() ? 'EISDIR' : 'it is no plain file');
    if (found.size > MAX_BYTES) throw new NotReadable(`it has ${String(found.size)} bytes`);
    return await file.readFile();
  } finally {
    await file.close();
  }
}

/** The bytes of a file. Errors: FILE_MISSING, FILE_UNREADABLE. */
export async function readBytes(path: string, options: ReadOptions = {}): Promise<Uint8Array> {
  const name = options.name ?? path;
  try {
    return await plainBytes(path);
  } catch (cause) {
    const why =
      (cause as NodeJS.ErrnoException).code ?? (cause instanceof NotReadable ? cause.message : 'unknown error');
    if (why !== 'ENOENT' && why !== 'ENOTDIR')
      throw new CouldNotRun('FILE_UNREADABLE', `${name} cannot be read (${why}).`, { where: name, cause });
    throw new UsageError('FILE_MISSING', `${name} does not exist.`, { where: name, remedy: options.remedy, cause });
  }
}

/** Checks the bytes of a JSON file as `readJson` does. `options.name` names the file in messages. */
export async function checkJson<S extends TSchema>(
  bytes: Uint8Array,
  schema: S,
  options: ReadOptions = {},
): Promise<Static<S>> {
  const value = parseJson(bytes, options);
  const problems = await schemaProblems(schema, value);
  if (problems.length === 0) return value as Static<S>;
  const name = options.name ?? 'the file';
  const lines = problems
    .slice(0, SHOWN)
    .map(({ pointer, message }) => `${pointer === '' ? '(whole file)' : pointer}: ${message}`);
  const rest = problems.length - lines.length;
  const more = rest > 0 ? ` And ${String(rest)} more.` : '';
  throw wrong(options, 'FILE_SCHEMA_INVALID', {
    message: `${name} is not as it must be. ${lines.join(' ')}${more}`,
    where: `${name}#${problems[0]?.pointer ?? ''}`,
    remedy: 'Mend the file; `cliparity explain FILE_SCHEMA_INVALID` says where its schema stands.',
  });
}

/** The value of a JSON text in UTF-8. Errors: FILE_NOT_UTF8, FILE_INVALID_JSON. */
export function parseJson(bytes: Uint8Array, options: ReadOptions = {}): unknown {
  const name = options.name ?? 'the file';
  const text = decode(bytes, options);
  if (text.startsWith('\ufeff'))
    throw wrong(options, 'FILE_INVALID_JSON', {
      message: `${name} begins with a byte order mark (BOM), which JSON does not allow.`,
      where: `${name}:1:1`,
      remedy: 'Save it as UTF-8 without BOM.',
    });
  const problem = jsonProblem(text);
  if (problem !== undefined && !(problem.kind === 'duplicate_key' && options.allowDuplicateKeys === true)) {
    const { line, column } = placeOf(text, problem.offset);
    throw wrong(options, 'FILE_INVALID_JSON', {
      message: `${name} is not valid JSON: line ${String(line)}, column ${String(column)}: ${problem.message}.`,
      where: `${name}:${String(line)}:${String(column)}`,
    });
  }
  return parseChecked(text, options);
}

/** With duplicate keys allowed, the scan may have stopped before a syntax error. */
function parseChecked(text: string, options: ReadOptions): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    const name = options.name ?? 'the file';
    const message = `${name} is not valid JSON: ${(cause as Error).message}.`;
    throw wrong(options, 'FILE_INVALID_JSON', { message, where: name, cause });
  }
}

function decode(bytes: Uint8Array, options: ReadOptions): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    const name = options.name ?? 'the file';
    throw wrong(options, 'FILE_NOT_UTF8', { message: `${name} is not UTF-8.`, where: name, cause });
  }
}

interface Wrong {
  readonly message: string;
  readonly where: string;
  readonly remedy?: string;
  readonly cause?: unknown;
}

function wrong(options: ReadOptions, code: string, { message, ...details }: Wrong): CliparityError {
  const Kind = options.as === 'settings' ? UsageError : FindingError;
  return new Kind(code, message, details);
}
