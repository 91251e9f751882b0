import { checkJson, schemaProblems } from '@cliparity/manifest-store';
import { CliparityError, finding, type Finding } from '@cliparity/model';
import type { Static, TSchema } from '@sinclair/typebox';
import type { FileState } from '../engine/root-view.js';
import { isCanonical } from './canonical.js';
import type { RootFacts } from './root-facts.js';

/** One file of a root that is as its schema says. */
export interface RootFile<T> {
  readonly value: T;
  readonly text: string;
  /** The same, as it was read. */
  readonly bytes?: Uint8Array | undefined;
}
export type ReadFile<T> =
  | { readonly kind: 'good'; readonly file: RootFile<T> }
  | { readonly kind: 'absent' }
  | { readonly kind: 'bad'; readonly findings: readonly Finding[] };

export interface FileForm {
  /** `written`: by us, so its bytes must be the canonical ones. `hand`: by a person, in any form. `derived`: compared with its derivation. */
  readonly form: 'written' | 'hand' | 'derived';
  /** The file as it was read already. */
  readonly state?: FileState | undefined;
}

/**
 * Reads one JSON file of a root and says what is wrong with it: FILE_UNREADABLE, FILE_NOT_UTF8, FILE_INVALID_JSON, FILE_SCHEMA_INVALID,
 * FILE_NOT_CANONICAL.
 */
export async function readRootFile<S extends TSchema>(
  { view, prefix }: Pick<RootFacts, 'view' | 'prefix'>,
  path: string,
  how: FileForm & { readonly schema: S },
): Promise<ReadFile<Static<S>>> {
  const state = how.state ?? view.read(path);
  if (state.kind === 'absent') return { kind: 'absent' };
  const file = `${prefix}${path}`;
  if (state.kind === 'unreadable')
    return bad(finding({ code: 'FILE_UNREADABLE', message: `${file} cannot be read (${state.reason})`, file }));
  const { schema, form } = how;
  const quick = await quickly(state.bytes, schema);
  // Canonical bytes hold no key twice, no BOM and no other surprise: only others need the slow reading that can say what is wrong.
  if (quick !== undefined && (form === 'derived' || isCanonical(schema, quick.value, quick.text)))
    return { kind: 'good', file: quick };
  try {
    const value = await checkJson(state.bytes, schema, { name: file });
    const text = new TextDecoder().decode(state.bytes);
    if (form !== 'written') return { kind: 'good', file: { value, text } };
    const message = `${file} is not in canonical order or form`;
    return bad(finding({ code: 'FILE_NOT_CANONICAL', message, file }));
  } catch (error) {
    if (!(error instanceof CliparityError)) throw error;
    const pointer = /#(\/.*)$/.exec(error.where ?? '')?.[1];
    return bad(finding({ code: error.code, message: error.message, file, pointer, help: error.remedy }));
  }
}

const bad = (found: Finding) => ({ kind: 'bad' as const, findings: [found] });

async function quickly<S extends TSchema>(bytes: Uint8Array, schema: S): Promise<RootFile<Static<S>> | undefined> {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    const value = JSON.parse(text) as unknown;
    return (await schemaProblems(schema, value)).length === 0 ? { value: value as Static<S>, text } : undefined;
  } catch {
    return undefined;
  }
}
