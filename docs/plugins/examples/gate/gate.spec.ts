import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';
import type { Io } from '@cliparity/plugin-api';
import { describeGate } from '@cliparity/testkit';
import gate from './conflict-markers.js';

const workspace = mkdtempSync(join(tmpdir(), 'example-gate-'));
writeFileSync(join(workspace, 'clean.txt'), 'one\n');
writeFileSync(join(workspace, 'merged.txt'), `one\n${'<'.repeat(7)} ours\n`);
afterAll(() => rmSync(workspace, { recursive: true }));

describeGate(gate, {
  io: () => ({}) as Io,
  clean: () => ({ workspace, files: ['clean.txt'] }),
  dirty: () => ({ workspace, files: ['clean.txt', 'merged.txt'] }),
});
