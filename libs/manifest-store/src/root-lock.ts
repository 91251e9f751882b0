import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { dirname, relative, sep } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CouldNotRun } from '@cliparity/model';
import { workspaceLayout } from './layout.js';
import {
  clearDeadLock,
  createLock,
  HEARTBEAT_MS,
  readHolder,
  removeLock,
  removeLockNow,
  touchLock,
} from './lock-file.js';
import { writeFailure } from './write-atomic.js';

/** What a lock needs to know of a root. */
export interface LockableRoot {
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  /** The workspace's folder, absolute. */
  readonly workspace: string;
}
export interface LockOptions {
  /** How long to wait for another writer, in milliseconds; 30 seconds unless said. */
  readonly wait?: number;
}

const POLL_MS = 100;
const held = new AsyncLocalStorage<ReadonlySet<string>>();

/**
 * Runs `work` as the only writer of a root, across processes. A lock inside a lock of the same root, in the same flow, passes. The lock of a
 * killed process is taken over within seconds.
 * @param work gets a signal that aborts if the lock is lost (the machine slept, somebody removed it)
 * Errors: ROOT_LOCKED, ROOT_LOCK_LOST, WRITE_FAILED.
 */
export async function withRootLock<T>(
  root: LockableRoot,
  work: (lost: AbortSignal) => Promise<T>,
  options: LockOptions = {},
): Promise<T> {
  const path = lockPath(root);
  const outer = held.getStore() ?? new Set<string>();
  if (outer.has(path)) return work(new AbortController().signal);
  const token = randomUUID();
  await acquire(path, token, { root, wait: options.wait ?? 30_000 });
  const lost = new AbortController();
  const beat = setInterval(() => {
    void touchLock(path, token).then((ours) => {
      if (!ours) lost.abort();
    });
  }, HEARTBEAT_MS);
  beat.unref();
  const onExit = (): void => removeLockNow(path, token);
  process.once('exit', onExit);
  try {
    const result = await held.run(new Set([...outer, path]), () => work(lost.signal));
    if (lost.signal.aborted || !(await touchLock(path, token))) throw lockLost(root);
    return result;
  } finally {
    clearInterval(beat);
    process.removeListener('exit', onExit);
    await removeLock(path, token);
  }
}

/** In the workspace's own folder when the root is inside it, else beside the folder of roots: the same for whoever writes to this root. */
export function lockPath({ name, path, workspace }: LockableRoot): string {
  const way = relative(workspace, path);
  const inside = way !== '' && !way.startsWith(`..${sep}`) && way !== '..' && !way.includes(':');
  return workspaceLayout(inside ? workspace : dirname(dirname(path))).writerLock(name);
}

async function acquire(
  path: string,
  token: string,
  { root, wait }: { root: LockableRoot; wait: number },
): Promise<void> {
  const until = Date.now() + wait;
  while (!(await tryLock(path, token))) {
    await clearDeadLock(path);
    if (Date.now() >= until) throw await locked(path, root);
    await sleep(POLL_MS);
  }
}

async function tryLock(path: string, token: string): Promise<boolean> {
  try {
    await mkdir(dirname(path), { recursive: true });
    return await createLock(path, token);
  } catch (cause) {
    throw writeFailure(path, cause);
  }
}

async function locked(path: string, root: LockableRoot): Promise<CouldNotRun> {
  const holder = await readHolder(path);
  const who = holder === undefined ? 'another process' : `process ${String(holder.pid)} on ${holder.host}`;
  return new CouldNotRun('ROOT_LOCKED', `${who} is writing to ${root.name}.`, {
    where: root.path,
    remedy: 'Wait until it is done, or end it; the lock of an ended process is taken over within seconds.',
  });
}

function lockLost(root: LockableRoot): CouldNotRun {
  return new CouldNotRun('ROOT_LOCK_LOST', `The lock of ${root.name} was lost while it was written.`, {
    where: root.path,
    remedy: 'Run again: every file is either old or new, but another process may have written in between.',
  });
}
