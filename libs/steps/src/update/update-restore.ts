import { readdir, readFile, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { writeAtomic } from '@cliparity/manifest-store';
import type { RootContext } from '../base/root-context.js';

/** Files of a root with their bytes, by absolute path. */
type Kept = ReadonlyMap<string, Uint8Array>;

const ifThere = async <T>(found: Promise<T>): Promise<T | undefined> =>
  found.catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });

async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = (await ifThere(readdir(folder, { withFileTypes: true }))) ?? [];
  return entries.filter((entry) => entry.isFile()).map((entry) => join(folder, entry.name));
}

/** The files that taking up one version may write. */
async function touchedBy({ layout }: RootContext, version: string): Promise<readonly string[]> {
  const folders = [layout.snapshotsOf(version), layout.reportsOf(version)];
  return [layout.lock, ...(await Promise.all(folders.map(filesIn))).flat()];
}

async function keep(paths: readonly string[]): Promise<Kept> {
  const kept = new Map<string, Uint8Array>();
  for (const path of paths) {
    const bytes = await ifThere(readFile(path));
    if (bytes !== undefined) kept.set(path, bytes);
  }
  return kept;
}

async function putBack(before: Kept, now: readonly string[]): Promise<void> {
  for (const path of now) {
    if (before.has(path)) continue;
    await rm(path, { force: true });
    // Only an empty folder goes: it can only be one that was made for this file.
    await rmdir(dirname(path)).catch(() => undefined);
  }
  for (const [path, bytes] of before) {
    const current = await ifThere(readFile(path));
    if (current === undefined || Buffer.compare(current, bytes) !== 0) await writeAtomic(path, bytes);
  }
}

/** Runs `work`; when it throws, the files of the version and the lock are again what they were, and the error goes on. */
export async function restoring<T>(root: RootContext, version: string, work: () => Promise<T>): Promise<T> {
  const before = await keep(await touchedBy(root, version));
  try {
    return await work();
  } catch (error) {
    await putBack(before, await touchedBy(root, version));
    throw error;
  }
}
