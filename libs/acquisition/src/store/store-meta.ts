import { chmod, readdir, readFile, rename, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TreeMember } from '@cliparity/model';
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

/** A file's record is of that file and no other: whoever shares the store could else lead its name to other bytes. */
function isOfKey({ files, entry }: StoreMeta, key: StoreKey): boolean {
  if (!Array.isArray(files)) return false;
  if (key.startsWith('tree-')) return entry !== undefined && files.length > 0;
  return (
    entry === undefined && files.length === 1 && key === `file-${files[0]?.sha256}` && files[0]?.executable === true
  );
}

/** Whether a tree's record is of these members, whatever their order. Its key does not say so: the record keeps no mode of the archive. */
export function isOfMembers({ files }: StoreMeta, members: readonly TreeMember[]): boolean {
  const pinned = new Map(members.map(({ path, sha256 }) => [path, sha256]));
  return files.length === pinned.size && files.every(({ path, sha256 }) => pinned.get(path) === sha256);
}

/** Reads a record; undefined when there is none or it is damaged, which means the same: fetch it again. */
export async function readMeta(layout: StoreLayout, key: StoreKey): Promise<StoreMeta | undefined> {
  try {
    const meta = JSON.parse(await readFile(layout.metaOf(key), 'utf8')) as StoreMeta;
    return meta.version === 1 && meta.key === key && isOfKey(meta, key) ? meta : undefined;
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
  const names = await readdir(layout.meta).catch((error: unknown) => {
    // What is there and cannot be read is not nothing.
    if (isMissing(error)) return [];
    throw error;
  });
  const keys = names.filter((name) => /^(file|tree)-[0-9a-f]{64}\.json$/.test(name));
  return keys.map((name) => name.slice(0, -'.json'.length) as StoreKey).sort();
}
