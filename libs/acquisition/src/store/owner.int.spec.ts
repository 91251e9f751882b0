import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FOREIGN_SILENCE_MS, isGone, newOwner, ownerOf, tokenOf } from './owner.js';

const LONG_MS = FOREIGN_SILENCE_MS + 1;
const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)'], { env: {} });
beforeAll(async () => once(child, 'spawn'));
afterAll(async () => {
  child.kill('SIGKILL');
  await once(child, 'exit');
});

describe('an owner', () => {
  it('of this process never is gone, and has no name twice', () => {
    const [one, other] = [newOwner(), newOwner()];
    expect(one).not.toBe(other);
    expect([isGone(one, LONG_MS), isGone(other, LONG_MS)]).toEqual([false, false]);
  });
  it('that lives is not gone, however silent', () => {
    const { pid = 0 } = child;
    expect(isGone(ownerOf(pid, tokenOf(pid) ?? '00000000'), LONG_MS)).toBe(false);
  });
  it('of another host is believed as long as it shows signs of life', () => {
    const foreign = newOwner().replace(/^[0-9a-f]{8}/, '00000000');
    expect([isGone(foreign, 0), isGone(foreign, LONG_MS)]).toEqual([false, true]);
  });
  it('whose name is damaged is gone when it is silent', () => {
    expect([isGone('x', 0), isGone('x', LONG_MS)]).toEqual([false, true]);
  });
});

const onLinux = process.platform === 'linux' ? describe : describe.skip;
onLinux('an owner (skipped where there is no /proc)', () => {
  it('whose number somebody else has now is gone', () => {
    expect(isGone(ownerOf(child.pid ?? 0, '00000000'), 0)).toBe(true);
  });
  it('that ended but was not collected is gone', async () => {
    // The shell becomes a program that collects nobody.
    const parent = spawn('/bin/sh', ['-c', 'sleep 0 & echo $!; exec sleep 60'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    const pid = Number(line.toString());
    while (tokenOf(pid) !== 'gone') await new Promise((resolve) => setTimeout(resolve, 5));
    expect(isGone(ownerOf(pid, '00000000'), 0)).toBe(true);
    parent.kill('SIGKILL');
    await once(parent, 'exit');
  });
});
