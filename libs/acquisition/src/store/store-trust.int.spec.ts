import { cpSync, mkdtempSync, rmSync, utimesSync, writeFileSync, chmodSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sha256, type LockEntry } from '@cliparity/model';
import { openStore } from './store.js';

const BODY = 'a binary';
const entry = {
  semantic_version: '1.0.0',
  target_triple: 'linux-x64',
  kind: 'file',
  locator: 'npm:a@1.0.0',
  asset_name: 'a.tgz',
  sha256: 'a'.repeat(64),
  size_bytes: 1,
  format: 'tar.gz',
  binary_sha256: sha256(BODY),
  binary_size_bytes: BODY.length,
} satisfies LockEntry;

describe('a store that was copied', () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'cliparity-trust-'));
    const store = openStore(join(folder, 'first'));
    await store.stage(async (stage) => {
      const file = join(stage, 'binary');
      writeFileSync(file, BODY, { mode: 0o555 });
      const put = { path: file, sha256: entry.binary_sha256, size: BODY.length, from: 'test' };
      await store.putFile(put as Parameters<typeof store.putFile>[0], stage);
    });
    cpSync(join(folder, 'first'), join(folder, 'copy'), { recursive: true });
    path = (await store.find(entry))?.binaryPath.replace('first', 'copy') ?? '';
    utimesSync(path, new Date(0), new Date(0));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is used once its bytes were read again', async () => {
    const copy = openStore(join(folder, 'copy'));
    const found = await copy.find(entry);
    expect(readFileSync(found?.binaryPath ?? '', 'utf8')).toBe(BODY);
    expect((await copy.verify()).problems).toEqual([]);
  });
  it('is not used when a byte changed on the way', async () => {
    chmodSync(path, 0o755);
    writeFileSync(path, 'A binary');
    expect(await openStore(join(folder, 'copy')).find(entry)).toBeUndefined();
  });
});
