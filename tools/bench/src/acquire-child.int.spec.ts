import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { peakMegabytes } from './acquire-peak.js';
import { bundleChild } from './bundle-child.js';
import { bareAsset, packedAsset } from './large-asset.js';

const workspace = fileURLToPath(new URL('../../..', import.meta.url));
let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cliparity-bench-'));
});
afterEach(async () => rm(folder, { recursive: true, force: true }));

describe('the process that acquires', () => {
  it('brings a bare and a packed asset into a store and tells its peak; a wrong pin is no figure', async () => {
    const client = await bundleChild(workspace, 'acquire-child', folder);
    const server = await bundleChild(workspace, 'asset-server-child', folder);
    const children = { folder, client, server };
    const bare = await bareAsset(folder, 3_000_000);
    expect(await peakMegabytes(children, bare)).toBeGreaterThan(10);
    expect(await peakMegabytes(children, await packedAsset(folder, bare))).toBeGreaterThan(10);
    const wrong = { ...bare, entry: { ...bare.entry, sha256: '0'.repeat(64) } };
    await expect(peakMegabytes(children, wrong)).rejects.toThrow(/ASSET_DIGEST_MISMATCH|is pinned with/);
  });
});
