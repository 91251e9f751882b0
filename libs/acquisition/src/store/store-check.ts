import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Interrupted } from '@cliparity/model';
import { sha256OfFile } from '../download/digests.js';
import type { StoreKey, StoreLayout } from './store-layout.js';
import { look, readMeta, type StoredFile, type StoreMeta } from './store-meta.js';

/** What is wrong with one file of the store. */
export interface StoreProblem {
  readonly key: StoreKey;
  /** Absolute path. */
  readonly path: string;
  /** `changed`: size, time or permission differ from the record; `damaged`: the bytes do. */
  readonly problem: 'missing' | 'changed' | 'damaged';
}

/** Where a recorded file lies. */
export function placeOf(layout: StoreLayout, meta: StoreMeta, file: StoredFile): string {
  if (meta.key.startsWith('file-')) return layout.file(file.sha256, file.executable);
  return join(layout.tree(meta.key.slice('tree-'.length)), file.path);
}

async function cheap(path: string, file: StoredFile): Promise<StoreProblem['problem'] | undefined> {
  try {
    const now = await look(path);
    return now.size === file.size && now.mtimeMs === file.mtimeMs && now.mode === file.mode ? undefined : 'changed';
  } catch {
    return 'missing';
  }
}

/** A recorded file and where it lies. */
export interface PlacedFile {
  readonly path: string;
  readonly file: StoredFile;
}

/** Where the files of a record lie. Pure. */
export const placedFiles = (layout: StoreLayout, meta: StoreMeta): readonly PlacedFile[] =>
  meta.files.map((file) => ({ path: placeOf(layout, meta, file), file }));

/** Whether files look as they were put: all at once, and nothing but a look at each. */
export async function allStand(files: readonly PlacedFile[]): Promise<boolean> {
  const problems = await Promise.all(files.map(({ path, file }) => cheap(path, file)));
  return problems.every((problem) => problem === undefined);
}

async function thorough(
  path: string,
  file: StoredFile,
  signal?: AbortSignal,
): Promise<StoreProblem['problem'] | undefined> {
  const digest = await sha256OfFile(path, signal).catch(() => undefined);
  if (signal?.aborted === true) throw new Interrupted();
  if (digest === undefined) return 'missing';
  return digest === file.sha256 ? undefined : 'damaged';
}

type Check = (path: string, file: StoredFile) => Promise<StoreProblem['problem'] | undefined>;

async function problemsOf(layout: StoreLayout, meta: StoreMeta, check: Check): Promise<StoreProblem[]> {
  const problems: StoreProblem[] = [];
  for (const { path, file } of placedFiles(layout, meta)) {
    const problem = await check(path, file);
    if (problem !== undefined) problems.push({ key: meta.key, path, problem });
  }
  return problems;
}

/** Compares a thing of the store with its record by size, time and permission. */
export const checkStored = async (layout: StoreLayout, meta: StoreMeta): Promise<StoreProblem[]> =>
  problemsOf(layout, meta, cheap);

/** Compares a thing of the store with its record by reading every byte. Throws Interrupted. */
export const readStored = async (layout: StoreLayout, meta: StoreMeta, signal?: AbortSignal): Promise<StoreProblem[]> =>
  problemsOf(layout, meta, async (path, file) => thorough(path, file, signal));

/** `readStored` of what a key names. A record that is none is a problem itself; one that went meanwhile is nobody's. Throws Interrupted. */
export async function readKey(layout: StoreLayout, key: StoreKey, signal: AbortSignal): Promise<StoreProblem[]> {
  const meta = await readMeta(layout, key);
  if (meta !== undefined) return readStored(layout, meta, signal);
  const path = layout.metaOf(key);
  const there = (await stat(path).catch(() => undefined)) !== undefined;
  return there ? [{ key, path, problem: 'damaged' }] : [];
}
