import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { useTmpDirs } from '../testing/tmp-dir.js';
import { ownerOf, tokenOf } from './owner.js';
import { openStore } from './store.js';

const tmpDir = useTmpDirs();
const signal = new AbortController().signal;

describe('exclusively', () => {
  it('lets one in at a time', async () => {
    const path = await tmpDir();
    let inside = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      most = Math.max(most, (inside += 1));
      await new Promise((resolve) => setImmediate(resolve));
      inside -= 1;
    };
    await Promise.all([1, 2, 3, 4].map(async () => openStore(path).exclusively('x', { signal }, work)));
    expect(most).toBe(1);
  });
  it('takes over from a dead process, and from our own number in an earlier life', async () => {
    const store = openStore(await tmpDir());
    const child = spawn(process.execPath, ['-e', ''], { env: {} });
    await once(child, 'exit');
    const own = await store.stage(async (stage) => stage.split(/[\\/]/).at(-1) ?? '');
    await mkdir(join(store.path, 'locks'));
    for (const dead of [
      own.replace(/^([0-9a-f]+)-\d+/, `$1-${child.pid}`),
      own.replace(/-[0-9a-f]{8}-/, '-00000000-'),
    ]) {
      await writeFile(join(store.path, 'locks', 'x.lock'), dead);
      let waited = 0;
      const onWait = (): void => void (waited += 1);
      expect(await store.exclusively('x', { signal, onWait }, async () => 'in')).toBe('in');
      expect(waited).toBe(0);
    }
  });
  it('waits for a living one, says so once, and stops when the user does', async () => {
    const store = openStore(await tmpDir());
    const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)'], { env: {} });
    await mkdir(join(store.path, 'locks'));
    await writeFile(
      join(store.path, 'locks', 'x.lock'),
      ownerOf(child.pid ?? 0, tokenOf(child.pid ?? 0) ?? '0'.repeat(8)),
    );
    const controller = new AbortController();
    const said: string[] = [];
    const onWait = (owner: string): void => {
      said.push(owner);
      controller.abort();
    };
    const waiting = store.exclusively('x', { signal: controller.signal, onWait }, async () => 'in');
    await expect(waiting).rejects.toMatchObject({ code: 'INTERRUPTED' });
    expect(said).toHaveLength(1);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await store.exclusively('x', { signal }, async () => 'in')).toBe('in');
  });
});
