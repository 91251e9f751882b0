import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { encodePages } from './page-file.js';
import { pageFileName, pageStoreIn } from './page-store.js';

const key = { binary_sha256: 'a'.repeat(64), settings_sha256: 'b'.repeat(64) };
const stored = {
  version_output: 't 1.0.0',
  pages: [{ path: [], argv: ['--help'], stdout: 'Usage: t\n', stderr: '', exit_code: 0 }],
};

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pages-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('pageStoreIn', () => {
  it('reads back what it wrote, and leaves nothing else', async () => {
    const store = pageStoreIn(folder);
    expect(await store.read(key)).toEqual({});
    await store.write(key, stored);
    await store.write(key, stored);
    expect(await store.read(key)).toEqual({ stored });
    expect(await readdir(dirname(store.file(key)))).toEqual([`${key.settings_sha256}.ndjson.gz`]);
  });

  it('treats a damaged file as absent, says so, and writes over it', async () => {
    const store = pageStoreIn(folder);
    await mkdir(dirname(store.file(key)), { recursive: true });
    await writeFile(store.file(key), encodePages(key, stored).subarray(0, 50));
    const answer = await store.read(key);
    expect(answer.stored).toBeUndefined();
    expect(answer.note).toMatch(/captured again/);
    expect(answer.note).not.toContain(folder);
    await store.write(key, stored);
    expect(await store.read(key)).toEqual({ stored });
  });

  it('has the old pages or the new ones after a kill, whenever it comes', async () => {
    const store = pageStoreIn(folder);
    const script = fileURLToPath(new URL('./testing/write-forever.ts', import.meta.url));
    const versions = new Set<string | undefined>();
    for (let round = 0; round < 4; round += 1) {
      const args = ['--import', '@swc-node/register/esm-register', script, folder];
      const writer = spawn(process.execPath, args, {
        stdio: ['ignore', 'pipe', 'inherit'],
        env: { PATH: '/usr/bin:/bin' },
      });
      await once(writer.stdout, 'data');
      await new Promise((resolve) => setTimeout(resolve, 20 + Math.random() * 40));
      writer.kill('SIGKILL');
      await once(writer, 'exit');
      const answer = await store.read(key);
      expect(answer.note).toBeUndefined();
      versions.add(answer.stored?.version_output);
      expect(answer.stored?.pages).toHaveLength(1);
    }
    expect(versions).not.toContain(undefined);
    // Each round compiles the writer anew.
  }, 180_000);

  it('refuses keys that are no digests', () => {
    expect(() => pageFileName({ ...key, binary_sha256: '../../x' })).toThrow(/SHA-256/);
  });
});
