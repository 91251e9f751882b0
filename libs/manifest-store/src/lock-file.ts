import { readFileSync, rmSync } from 'node:fs';
import { mkdir, open, readFile, rm, rmdir, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { isAlive } from './is-alive.js';

/** Who holds a lock. */
export interface Holder {
  readonly pid: number;
  readonly host: string;
  /** Tells two locks of one process apart. */
  readonly token: string;
}

/** A living holder touches its lock this often. */
export const HEARTBEAT_MS = 1000;
/** A holder that is gone from this machine and has not touched its lock this long is dead; the wait is for process ids of containers. */
const DEAD_MS = 3000;
/** A holder that cannot be asked (another machine, an unreadable lock) is dead after this long. */
const SILENT_MS = 20_000;

/** Creates the lock file; false when there is one. */
export async function createLock(path: string, token: string): Promise<boolean> {
  const holder: Holder = { pid: process.pid, host: hostname(), token };
  try {
    const file = await open(path, 'wx');
    await file
      .writeFile(JSON.stringify(holder))
      .finally(() => file.close())
      .then(() => byOurClock(path))
      .catch(async (thrown: unknown) => {
        // On a full disk the file is there, empty; nobody could tell whose it is.
        await rm(path, { force: true });
        throw thrown;
      });
    return true;
  } catch (thrown) {
    if (codeOf(thrown) === 'EEXIST') return false;
    throw thrown;
  }
}

/** Dates a file by the clock that its age is measured with: that of a network file system may be another. */
async function byOurClock(path: string): Promise<void> {
  const now = new Date();
  await utimes(path, now, now).catch(() => undefined);
}

/** Who holds the lock; undefined when nobody does or it cannot be read (yet). */
export async function readHolder(path: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

/** Touches the lock; false when it is not ours any more. */
export async function touchLock(path: string, token: string): Promise<boolean> {
  const holder = await readHolder(path);
  if (holder?.token !== token) return false;
  await byOurClock(path);
  return true;
}

/** Removes the lock when it is ours. */
export async function removeLock(path: string, token: string): Promise<void> {
  const holder = await readHolder(path);
  if (holder?.token === token) await rm(path, { force: true });
}

/** As `removeLock`, at once: for a process that is about to end. */
export function removeLockNow(path: string, token: string): void {
  try {
    const holder = JSON.parse(readFileSync(path, 'utf8')) as Holder;
    if (holder.token === token) rmSync(path, { force: true });
  } catch {
    return;
  }
}

/**
 * Removes a dead holder's lock. Only who has made the folder beside it may do so, and looks again first: else two waiters could both find it
 * dead, and the slower one would remove the quicker one's new lock.
 * @param between runs after the lock was found dead, before it is looked at again (for tests)
 */
export async function clearDeadLock(path: string, between = async (): Promise<void> => undefined): Promise<void> {
  if (!(await isDead(path))) return;
  const mutex = `${path}.clearing`;
  try {
    await mkdir(mutex);
    await byOurClock(mutex);
  } catch (thrown) {
    if (codeOf(thrown) !== 'EEXIST') throw thrown;
    if ((await ageOf(mutex)) > DEAD_MS) await rmdir(mutex).catch(() => undefined);
    return;
  }
  try {
    await between();
    if (await isDead(path)) await rm(path, { force: true });
  } finally {
    await rmdir(mutex).catch(() => undefined);
  }
}

async function isDead(path: string): Promise<boolean> {
  const age = await ageOf(path);
  const holder = await readHolder(path);
  const gone = holder !== undefined && holder.host === hostname() && !isAlive(holder.pid);
  return age > (gone ? DEAD_MS : SILENT_MS);
}

/** Milliseconds since the file was touched; 0 when it is not there. */
async function ageOf(path: string): Promise<number> {
  try {
    return Date.now() - (await stat(path)).mtimeMs;
  } catch {
    return 0;
  }
}

const codeOf = (thrown: unknown): string | undefined => (thrown as NodeJS.ErrnoException).code;
