import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startKeeper, type Keeper } from './keeper.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keeper-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function started(): Promise<Keeper> {
  const keeper = await startKeeper();
  if (keeper === undefined) throw new Error('no POSIX shell here');
  return keeper;
}

/** A process group that waits, and how it ended. */
function sleeper() {
  const child = spawn('/bin/sh', ['-c', 'sleep 1000 & wait'], { detached: true, stdio: 'ignore' });
  const ended = new Promise<NodeJS.Signals | null>((done) => child.on('exit', (_, signal) => done(signal)));
  return { pid: child.pid ?? 0, ended };
}
async function until(done: () => boolean): Promise<void> {
  while (!done()) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe('a keeper', () => {
  it('kills, when its side of the pipe ends, the groups that were not released', async () => {
    const keeper = await started();
    const [kept, released] = [sleeper(), sleeper()];
    keeper.keep(kept.pid);
    keeper.keep(released.pid);
    keeper.release(released.pid);
    keeper.end();
    expect(await kept.ended).toBe('SIGKILL');
    await until(() => keeper.lost);
    // Not touched: it lives until we end it ourselves.
    expect(process.kill(released.pid, 0)).toBe(true);
    process.kill(-released.pid, 'SIGTERM');
    expect(await released.ended).toBe('SIGTERM');
  });
  it('answers no to what is not allowed, and to everything once it is gone', async () => {
    const keeper = await started();
    expect(await keeper.close(join(folder, 'no mount point'))).toBe(false);
    const odd = join(folder, 'a\nb');
    mkdirSync(odd);
    expect(await keeper.open(odd)).toBe(false);
    process.kill(keeper.pid, 'SIGKILL');
    await until(() => keeper.lost);
    expect(await keeper.close('/')).toBe(false);
    keeper.keep(1);
    keeper.end();
  });
  it('is known to be gone by whoever it does not answer, each time', async () => {
    for (let times = 0; times < 20; times += 1) {
      const keeper = await started();
      process.kill(keeper.pid, 'SIGKILL');
      expect([await keeper.open(folder), keeper.lost]).toEqual([false, true]);
    }
  });
  it('is none behind a prefix that does not run', async () => {
    expect(await startKeeper(['/bin/false'])).toBeUndefined();
    expect(await startKeeper([join(folder, 'absent')])).toBeUndefined();
  });
});
