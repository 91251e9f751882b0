import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
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
