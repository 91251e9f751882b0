import { chmod, readdir, readFile, rename, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing } from '../fs-errors.js';
import type { StoreKey, StoreLayout } from './store-layout.js';

/** How a stored file looked when it was put there: enough to notice a later change without reading it. */
export interface StoredFile {
  /** Path below the tree; '' for a single file. */
  readonly path: string;
  readonly sha256: string;
  readonly executable: boolean;
  /** Bytes. */
  readonly size: number;
  readonly mtimeMs: number;
  /** Permission bits as this platform reports them. */
  readonly mode: number;
}

/** The record that makes a thing of the store count: written last, so what has none is not there. */
export interface StoreMeta {
  readonly version: 1;
  readonly key: StoreKey;
  /** Bytes of all files. */
  readonly size: number;
  /** Of a tree: the executable's path below it. */
  readonly entry?: string;
  /** Which lock entries brought it: `<version> <target> <locator>`. */
  readonly from: readonly string[];
  readonly files: readonly StoredFile[];
}

/** What `stat` says now, in the form a record keeps. Rejects when the file is absent. */
export async function look(path: string): Promise<Pick<StoredFile, 'size' | 'mtimeMs' | 'mode'>> {
  const { size, mtimeMs, mode } = await stat(path);
  return { size, mtimeMs: Math.floor(mtimeMs), mode: mode & 0o777 };
}

/** Reads a record; undefined when there is none or it is damaged, which means the same: fetch it again. */
export async function readMeta(layout: StoreLayout, key: StoreKey): Promise<StoreMeta | undefined> {
  try {
    const meta = JSON.parse(await readFile(layout.metaOf(key), 'utf8')) as StoreMeta;
    return meta.version === 1 && meta.key === key && Array.isArray(meta.files) ? meta : undefined;
  } catch (error) {
    if (isMissing(error) || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Writes a record by way of a folder on the same volume. */
export async function writeMeta(layout: StoreLayout, meta: StoreMeta, tmp: string): Promise<void> {
  const draft = join(tmp, 'meta.json');
  await writeFile(draft, `${JSON.stringify(meta)}\n`, { flush: true });
  // For whoever shares the store, whatever our umask; who does not is kept out by its folder.
  await chmod(draft, 0o644);
  await rename(draft, layout.metaOf(meta.key));
}

/** The record's own time is when the thing was last used: one call, nothing to tear. */
export async function touchMeta(layout: StoreLayout, key: StoreKey, at: Date): Promise<void> {
  await utimes(layout.metaOf(key), at, at).catch(() => undefined);
}

/** When a thing was last used. */
export async function lastUsed(layout: StoreLayout, key: StoreKey): Promise<Date> {
  return (await stat(layout.metaOf(key))).mtime;
}

/** The keys that have a record, in byte order. */
export async function keysOf(layout: StoreLayout): Promise<StoreKey[]> {
  const names = await readdir(layout.meta).catch(() => []);
  const keys = names.filter((name) => /^(file|tree)-[0-9a-f]{64}\.json$/.test(name));
  return keys.map((name) => name.slice(0, -'.json'.length) as StoreKey).sort();
}
