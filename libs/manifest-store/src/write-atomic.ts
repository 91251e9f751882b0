import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { CouldNotRun } from '@cliparity/model';
import { isAlive } from './is-alive.js';

const TEMP = /^\..+\.(\d+)-\d+\.cliparity-tmp$/;
let count = 0;

/**
 * Writes a file so that at any moment, also after a power cut, either the old or the new content is there: a temporary file in the same
 * folder, fsync, rename. Makes the folder, and clears what killed runs left in it. Errors: WRITE_FAILED, DISK_FULL.
 * @param path the file
 * @param content bytes, or text written as UTF-8
 */
export async function writeAtomic(path: string, content: Uint8Array | string): Promise<void> {
  const folder = dirname(path);
  count += 1;
  const temp = join(folder, `.${basename(path)}.${String(process.pid)}-${String(count)}.cliparity-tmp`);
  try {
    await mkdir(folder, { recursive: true });
    await sweepTemps(folder);
    await writeSynced(temp, content);
    await rename(temp, path);
    await syncFolder(folder);
  } catch (cause) {
    // What went wrong first is what is told.
    await rm(temp, { force: true }).catch(() => undefined);
    throw writeFailure(path, cause);
  }
}

/** Removes temporary files of processes that are gone. Answers how many. */
export async function sweepTemps(folder: string): Promise<number> {
  const stale = (await readdir(folder)).filter((name) => {
    const owner = TEMP.exec(name)?.[1];
    return owner !== undefined && !isAlive(Number(owner));
  });
  await Promise.all(stale.map((name) => rm(join(folder, name), { force: true })));
  return stale.length;
}

async function writeSynced(path: string, content: Uint8Array | string): Promise<void> {
  const file = await open(path, 'wx', 0o644);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** The rename itself must survive a power cut; systems that cannot open a folder order it themselves. */
async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    await handle.sync().finally(() => handle.close());
  } catch {
    return;
  }
}

/** Why a file could not be written: DISK_FULL or WRITE_FAILED. */
export function writeFailure(path: string, cause: unknown): CouldNotRun {
  const code = (cause as NodeJS.ErrnoException).code ?? 'unknown error';
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new CouldNotRun('DISK_FULL', `There is no room left for ${path}.`, {
      where: dirname(path),
      remedy: 'Free some space and run again; the old file is untouched.',
      cause,
    });
  return new CouldNotRun('WRITE_FAILED', `${path} cannot be written (${code}).`, {
    where: path,
    remedy: 'Look at the permissions of the folder; the old file is untouched.',
    cause,
  });
}
