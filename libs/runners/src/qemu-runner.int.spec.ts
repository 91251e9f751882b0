import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { requireRunner } from './choose-runner.js';
import { emulatorsHere } from './emulators.js';
import { hostOf } from './host.js';
import { runIsolated } from './run-isolated.js';
import { tinyArmProgram } from './testing/tiny-program.js';

const isThere = hostOf().arch !== 'aarch64' && emulatorsHere().some(({ arch }) => arch === 'aarch64');
const withEmulator = isThere ? describe : describe.skip;

withEmulator('an emulated program (skipped without qemu-user for aarch64)', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'cliparity-qemu-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('runs in isolation, and says what it says', async () => {
    const path = join(folder, 'fake');
    writeFileSync(path, tinyArmProgram('fake 1.0.0\nUsage: fake\n'), { mode: 0o755 });
    const target = { id: 'aarch64-unknown-linux-musl', os: 'linux', arch: 'aarch64', libc: 'musl' } as const;
    const runner = requireRunner(target);
    expect(runner.id).toBe('qemu-user');
    const result = await runIsolated({
      ...runner.command(path, ['--help']),
      scratch: folder,
      timeoutMs: 20_000,
      maxOutputBytes: 10_000,
      columns: 100,
    });
    expect(result).toMatchObject({ exitCode: 0, stdout: 'fake 1.0.0\nUsage: fake\n', stderr: '' });
  });
});
