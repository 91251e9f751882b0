import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { sweepScratch } from './sweep-scratch.js';

it('removes what dead processes left, and nothing of living ones or of others', async () => {
  const base = mkdtempSync(join(tmpdir(), 'cliparity-sweep-'));
  const { pid: dead } = spawnSync(process.execPath, ['-e', '0']);
  const padded = (pid: number): string => String(pid).padStart(7, '0');
  const names = [`run-${padded(dead)}-ab`, `bin-${padded(dead)}-cd`, `run-${padded(process.pid)}-ef`, 'notes'];
  for (const name of names) mkdirSync(join(base, name, 'home'), { recursive: true });
  await sweepScratch(base);
  expect(readdirSync(base).sort()).toEqual(['notes', `run-${padded(process.pid)}-ef`]);
  await sweepScratch(join(base, 'absent'));
  rmSync(base, { recursive: true });
});

it('leaves what it may not remove, and goes on', async () => {
  const base = mkdtempSync(join(tmpdir(), 'cliparity-sweep-'));
  const { pid: dead } = spawnSync(process.execPath, ['-e', '0']);
  const name = `run-${String(dead).padStart(7, '0')}-ab`;
  mkdirSync(join(base, name, 'home', 'deep'), { recursive: true });
  chmodSync(base, 0o777);
  // As somebody else's: in a folder that may not be written nothing can be removed.
  chmodSync(join(base, name, 'home'), 0o555);
  const asNobody = process.getuid?.() === 0;
  if (asNobody) process.seteuid?.(65_534);
  await sweepScratch(base);
  if (asNobody) process.seteuid?.(0);
  expect(readdirSync(base)).toEqual([name]);
  chmodSync(join(base, name, 'home'), 0o755);
  rmSync(base, { recursive: true });
});
