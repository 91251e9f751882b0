import { describe, expect, it } from '@jest/globals';
import { sha256 } from '@cliparity/model';
import { MEMBERS, setUp, sources, TREE } from '../testing/acquire-fixture.js';
import { filesBelow } from '../testing/tmp-dir.js';
import { acquire } from './acquire.js';
import { pin, pinAll } from './pin.js';

describe('pin', () => {
  it('says everything about a file and leaves it in the store', async () => {
    const { bytes, request, store, io } = await setUp();
    const release = { version: '1.2.3', tag: 'v1.2.3', draft: false, prerelease: false, yanked: false };
    const entry = await pin({ ...request, release: { ...release, publishedAt: '2026-01-01T00:00:00Z' } });
    const text = MEMBERS[0]?.text ?? '';
    expect(entry).toEqual({
      semantic_version: '1.2.3',
      target_triple: 'linux-x64',
      kind: 'file',
      published_at: '2026-01-01T00:00:00Z',
      published_at_source: 'loopback',
      locator: request.asset.locator,
      asset_name: 'tool-linux-x64.tgz',
      sha256: sha256(bytes),
      size_bytes: bytes.length,
      format: 'tar.gz',
      member: 'package/bin/tool',
      binary_sha256: sha256(text),
      binary_size_bytes: text.length,
    });
    expect(await acquire({ entry, sources, store, io })).toMatchObject({ fromStore: true, downloadedBytes: 0 });
  });
  it('says everything about a tree', async () => {
    const { request } = await setUp(TREE);
    const entry = await pin(request);
    expect(entry).toMatchObject({ kind: 'tree', member: 'package', entry: 'bin/tool', members: { length: 2 } });
    expect(entry.tree_sha256).toMatch(/^[0-9a-f]{64}$/);
  });
  it('pins the first member by name', async () => {
    const { request } = await setUp();
    const { target, locator, name, digests, kind, format } = request.asset;
    expect(await pin({ ...request, asset: { target, locator, name, digests, kind, format } })).toMatchObject({
      member: 'package/bin/tool',
    });
  });
  it('refuses what does not hold what the source says', async () => {
    const integrity = `sha512-${'A'.repeat(88)}`;
    const { request, store } = await setUp({ digests: { integrity } });
    await expect(pin(request)).rejects.toMatchObject({ code: 'ASSET_DIGEST_MISMATCH' });
    expect(await filesBelow(store.path)).toEqual([]);
  });
  it('of one tree from many places at once puts it into the store once', async () => {
    const { request, server, store } = await setUp(TREE);
    const locators = Array.from({ length: 12 }, (_, at) => `${server.url}/1.2.3/${at}/tool-linux-x64.tgz`);
    const pins = locators.map(async (locator) => pin({ ...request, asset: { ...request.asset, locator } }));
    const trees = (await Promise.all(pins)).map((entry) => entry.tree_sha256);
    expect(new Set(trees).size).toBe(1);
    expect(await store.verify()).toEqual({ checked: 1, problems: [] });
    expect((await store.list())[0]?.from).toHaveLength(12);
  });
  it('fetches an asset that serves two targets once', async () => {
    const { request, server } = await setUp();
    const other = {
      ...request,
      target: 'any',
      asset: { ...request.asset, target: 'any', member: 'package/share/data' },
    };
    const entries = await pinAll([request, other]);
    expect(entries.map((entry) => entry.target_triple)).toEqual(['any', 'linux-x64']);
    expect(entries[0]?.sha256).toBe(entries[1]?.sha256);
    expect(server.requests).toHaveLength(1);
  });
});
