import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { clearDeadLock } from './lock-file.js';
import { lockPath, withRootLock, type LockableRoot } from './root-lock.js';
import { tempFolder } from './temp-folder.fixture.js';

async function newRoot(): Promise<LockableRoot> {
  const workspace = await tempFolder();
  return { name: 'codex', path: join(workspace, 'cli_manifests', 'codex'), workspace };
}
/** A process that does nothing until it is ended. */
async function idleProcess(): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['-e', 'process.stdout.write("."); setInterval(() => {}, 1000)'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await once(child.stdout as NodeJS.ReadableStream, 'data');
  return child;
}
async function lockOf(root: LockableRoot, pid: number, { ago = 0, host = hostname() } = {}): Promise<void> {
  const path = lockPath(root);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, JSON.stringify({ pid, host, token: 'other' }));
  const then = new Date(Date.now() - ago);
  await utimes(path, then, then);
}

describe('withRootLock', () => {
  it('lets one writer in at a time and leaves nothing behind', async () => {
    const root = await newRoot();
    let inside = 0;
    let most = 0;
    const work = async (): Promise<number> => {
      inside += 1;
      most = Math.max(most, inside);
      await sleep(20);
      inside -= 1;
      return 1;
    };
    const done = await Promise.all(Array.from({ length: 5 }, () => withRootLock(root, work)));
    expect([done.length, most]).toEqual([5, 1]);
    expect(await readdir(dirname(lockPath(root)))).toEqual([]);
  });
  it('lets a lock of the same root inside pass, and one of another root', async () => {
    const root = await newRoot();
    const other = { ...root, name: 'claude', path: join(root.workspace, 'cli_manifests', 'claude') };
    const inner = () => withRootLock(other, () => withRootLock(root, async () => 'in', { wait: 0 }), { wait: 0 });
    await expect(withRootLock(root, inner)).resolves.toBe('in');
  });
  it('says who holds it when the wait is over', async () => {
    const root = await newRoot();
    const child = await idleProcess();
    try {
      await lockOf(root, child.pid ?? 0, { ago: 10_000 });
      await expect(withRootLock(root, async () => 1, { wait: 0 })).rejects.toMatchObject({
        code: 'ROOT_LOCKED',
        exitCode: 3,
        message: `process ${String(child.pid)} on ${hostname()} is writing to codex.`,
      });
    } finally {
      child.kill('SIGKILL');
    }
  });
  it('takes over the lock of a killed process, whoever waits, one at a time', async () => {
    const root = await newRoot();
    const child = await idleProcess();
    await lockOf(root, child.pid ?? 0, { ago: 10_000 });
    child.kill('SIGKILL');
    await once(child, 'exit');
    let inside = 0;
    const work = async (): Promise<boolean> => {
      inside += 1;
      const alone = inside === 1;
      await sleep(5);
      inside -= 1;
      return alone;
    };
    const done = await Promise.all(Array.from({ length: 8 }, () => withRootLock(root, work)));
    expect(done).toEqual(Array.from({ length: 8 }, () => true));
  });
  it('waits for a dead process that touched its lock just now, and for another machine, but not for ever', async () => {
    const root = await newRoot();
    // Touched in a minute: "just now" stays true however long this machine pauses here.
    await lockOf(root, 2 ** 30, { ago: -60_000 });
    await expect(withRootLock(root, async () => 1, { wait: 0 })).rejects.toMatchObject({ code: 'ROOT_LOCKED' });
    await lockOf(root, 1, { host: 'elsewhere' });
    await expect(withRootLock(root, async () => 1, { wait: 0 })).rejects.toThrow(/process 1 on elsewhere/);
    await lockOf(root, 1, { ago: 60_000, host: 'elsewhere' });
    await expect(withRootLock(root, async () => 1)).resolves.toBe(1);
  });
  it('says so when the lock was lost meanwhile, and leaves the other’s lock alone', async () => {
    const root = await newRoot();
    const steal = async (): Promise<void> => {
      await rm(lockPath(root));
      await lockOf(root, process.pid);
    };
    await expect(withRootLock(root, steal)).rejects.toMatchObject({ code: 'ROOT_LOCK_LOST' });
    expect(JSON.parse(await readFile(lockPath(root), 'utf8'))).toMatchObject({ token: 'other' });
  });
  it('frees the lock when the work fails', async () => {
    const root = await newRoot();
    await expect(withRootLock(root, () => Promise.reject(new Error('x')))).rejects.toThrow('x');
    await expect(withRootLock(root, async () => 2, { wait: 0 })).resolves.toBe(2);
  });
});

describe('clearDeadLock', () => {
  it('looks again before it removes: a quicker waiter may have taken the lock over', async () => {
    const root = await newRoot();
    await lockOf(root, 2 ** 30, { ago: 60_000 });
    await clearDeadLock(lockPath(root), () => lockOf(root, process.pid));
    expect(JSON.parse(await readFile(lockPath(root), 'utf8'))).toMatchObject({ pid: process.pid });
  });
  it('removes what a waiter left that was killed while clearing, and then the lock', async () => {
    const root = await newRoot();
    await lockOf(root, 2 ** 30, { ago: 60_000 });
    const mutex = `${lockPath(root)}.clearing`;
    await mkdir(mutex);
    const then = new Date(Date.now() - 60_000);
    await utimes(mutex, then, then);
    await clearDeadLock(lockPath(root));
    await clearDeadLock(lockPath(root));
    expect(await readdir(dirname(lockPath(root)))).toEqual([]);
  });
});

describe('lockPath', () => {
  it('lies in the ignored folder of the workspace, or beside the roots when they are elsewhere', () => {
    const at = (workspace: string, path: string) => lockPath({ name: 'codex', workspace, path });
    expect(at('/w', '/w/cli_manifests/codex')).toBe(join('/w/.cliparity/tmp/codex.writer-lock'));
    expect(at('/other', '/w/cli_manifests/codex')).toBe(join('/w/.cliparity/tmp/codex.writer-lock'));
  });
});
