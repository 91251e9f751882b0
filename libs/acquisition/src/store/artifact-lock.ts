import { mkdir, open, readFile, rm, rmdir, stat, utimes } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Interrupted } from '@cliparity/model';
import { isMissing, isPresent, writeError } from '../fs-errors.js';
import { isGone, newOwner } from './owner.js';
import { makeFolder } from './shared-folder.js';

/** How to wait for a lock. */
export interface ArtifactLockOptions {
  readonly signal: AbortSignal;
  /** Called once when another process is at work and we wait. */
  readonly onWait?: (owner: string) => void;
  /** Called again and again while we wait. */
  readonly onStillWaiting?: () => Promise<void>;
}

const POLL_MS = 50;
const SIGN_OF_LIFE_MS = 20_000;
/** A takeover is a few system calls; one that stands longer belongs to a killed process. */
const TAKEOVER_MS = 5_000;

async function ageOf(path: string): Promise<number> {
  return Date.now() - (await stat(path)).mtimeMs;
}

async function create(lock: string, text: string): Promise<boolean> {
  try {
    const handle = await open(lock, 'wx', 0o644);
    try {
      // Whoever shares the store must be able to read who holds it, whatever our umask.
      await handle.chmod(0o644);
      await handle.writeFile(text);
    } catch (error) {
      // On a full disk it is there and empty, and nobody could tell whose it is.
      await rm(lock, { force: true });
      throw error;
    } finally {
      await handle.close();
    }
    return true;
  } catch (error) {
    if (isPresent(error)) return false;
    throw error;
  }
}

/** Who holds the lock; undefined when nobody does any more. A holder that has not written its name yet is ''. */
async function holder(lock: string): Promise<{ readonly text: string; readonly gone: boolean } | undefined> {
  try {
    const text = await readFile(lock, 'utf8');
    const silent = await ageOf(lock);
    return { text, gone: text === '' ? silent > TAKEOVER_MS : isGone(text, silent) };
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Removes the lock of a dead process; only one does it at a time, so that nobody removes a successor's. */
async function clear(lock: string, dead: string): Promise<void> {
  const guard = `${lock}.takeover`;
  try {
    await mkdir(guard);
  } catch (error) {
    if (!isPresent(error)) throw error;
    if ((await ageOf(guard).catch(() => 0)) > TAKEOVER_MS) await rmdir(guard).catch(() => undefined);
    return;
  }
  try {
    if ((await readFile(lock, 'utf8').catch(() => undefined)) === dead) await rm(lock, { force: true });
  } finally {
    await rmdir(guard).catch(() => undefined);
  }
}

async function take(lock: string, options: ArtifactLockOptions): Promise<string> {
  const mine = newOwner();
  await makeFolder(dirname(lock), dirname(dirname(lock)));
  let told = false;
  while (!(await create(lock, mine))) {
    if (options.signal.aborted) throw new Interrupted();
    const now = await holder(lock);
    if (now === undefined) continue;
    if (now.gone) {
      await clear(lock, now.text);
      continue;
    }
    if (!told) options.onWait?.(now.text);
    told = true;
    await options.onStillWaiting?.();
    await pause(POLL_MS, undefined, { signal: options.signal }).catch(() => undefined);
  }
  return mine;
}

/**
 * Runs `work` while this process alone holds the lock file. A lock whose process is dead is taken over at once.
 * Rejects with Interrupted when the signal fires while waiting, with STORE_NOT_WRITABLE or DISK_FULL when the lock cannot be made.
 */
export async function withArtifactLock<T>(
  lock: string,
  options: ArtifactLockOptions,
  work: () => Promise<T>,
): Promise<T> {
  const mine = await take(lock, options).catch((error: unknown) => {
    throw writeError(error, dirname(dirname(lock)));
  });
  const sign = setInterval(() => void utimes(lock, new Date(), new Date()).catch(() => undefined), SIGN_OF_LIFE_MS);
  sign.unref();
  try {
    return await work();
  } finally {
    clearInterval(sign);
    if ((await readFile(lock, 'utf8').catch(() => '')) === mine) await rm(lock, { force: true });
  }
}
