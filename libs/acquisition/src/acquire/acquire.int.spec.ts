import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { LockEntry } from '@cliparity/model';
import { openStore } from '../store/store.js';
import { MEMBERS, setUp, sources, TREE } from '../testing/acquire-fixture.js';
import { filesBelow } from '../testing/tmp-dir.js';
import { acquire } from './acquire.js';
import { pin, pinAll } from './pin.js';

describe('acquire', () => {
  it.each([
    ['file', {}],
    ['tree', TREE],
  ])('brings a %s into an empty store, and finds it the next time', async (_, more) => {
    const { request, fresh, io, server, bytes } = await setUp(more);
    const entry = await pin(request);
    const store = await fresh();
    const got = await acquire({ entry, sources, store, io });
    expect(got).toMatchObject({ fromStore: false, downloadedBytes: bytes.length });
    expect(await readFile(got.binaryPath, 'utf8')).toBe(MEMBERS[0]?.text);
    expect((await stat(got.binaryPath)).mode & 0o111).not.toBe(0);
    expect(await acquire({ entry, sources, store, io })).toMatchObject({ fromStore: true });
    expect(server.requests).toHaveLength(2);
    const left = (await filesBelow(store.path)).filter((path) => /^(tmp|partial|locks)/.test(path));
    expect(left).toEqual([]);
  });
  it('transfers once however many ask at once', async () => {
    const { request, fresh, io, server } = await setUp(TREE);
    const entry = await pin(request);
    const { path } = await fresh();
    const asks = [1, 2, 3].map(async () => acquire({ entry, sources, store: openStore(path), io }));
    const got = await Promise.all(asks);
    expect(got.filter((one) => one.fromStore)).toHaveLength(2);
    expect(server.requests).toHaveLength(2);
  });
  it('keeps an asset for the next entry that pins it, and then no longer', async () => {
    const { request, fresh, io, server } = await setUp();
    const other = {
      ...request,
      target: 'any',
      asset: { ...request.asset, target: 'any', member: 'package/share/data' },
    };
    const [any, linux] = await pinAll([request, other]);
    const store = await fresh();
    await acquire({ entry: any as LockEntry, sources, store, io, keepAsset: true });
    expect(await acquire({ entry: linux as LockEntry, sources, store, io })).toMatchObject({ downloadedBytes: 0 });
    expect(server.requests).toHaveLength(2);
    expect(await filesBelow(join(store.path, 'partial'))).toEqual([]);
  });
  it('fetches again what was changed in the store', async () => {
    const { request, store, io } = await setUp();
    const entry = await pin(request);
    const { binaryPath } = await acquire({ entry, sources, store, io });
    await chmod(binaryPath, 0o755);
    await writeFile(binaryPath, 'evil');
    expect(await acquire({ entry, sources, store, io })).toMatchObject({ fromStore: false, binaryPath });
    expect(await readFile(binaryPath, 'utf8')).toBe(MEMBERS[0]?.text);
  });
  it.each([
    ['sha256', { sha256: '0'.repeat(64) }, 'ASSET_DIGEST_MISMATCH'],
    ['size', { size_bytes: 5 }, 'ASSET_SIZE_MISMATCH'],
    ['integrity', { integrity: `sha512-${'A'.repeat(88)}` }, 'ASSET_DIGEST_MISMATCH'],
    ['binary digest', { binary_sha256: '0'.repeat(64) }, 'BINARY_DIGEST_MISMATCH'],
    ['binary size', { binary_size_bytes: 1 }, 'BINARY_DIGEST_MISMATCH'],
    ['member', { member: 'package/nope' }, 'ARCHIVE_MEMBER_MISSING'],
    ['format', { format: 'zip' as const }, 'ARCHIVE_BROKEN'],
    ['version', { semantic_version: '1.2.4' }, 'LOCATOR_MISMATCH'],
    ['target', { target_triple: 'darwin-x64' }, 'LOCATOR_MISMATCH'],
    ['locator', { locator: 'npm:x@1.2.3' }, 'SOURCE_UNKNOWN'],
  ])('refuses another %s than pinned and keeps nothing', async (_, wrong, code) => {
    const { request, fresh, io } = await setUp();
    const entry: LockEntry = { ...(await pin(request)), ...wrong };
    const store = await fresh();
    await expect(acquire({ entry, sources, store, io })).rejects.toMatchObject({ code });
    expect(await filesBelow(store.path)).toEqual([]);
  });
  it('refuses another tree than pinned and names the member', async () => {
    const { request, fresh, io } = await setUp(TREE);
    const entry = await pin(request);
    const members = entry.members?.map((m) => (m.path === 'share/data' ? { ...m, sha256: '0'.repeat(64) } : m)) ?? [];
    const wrong = { ...entry, members, tree_sha256: '0'.repeat(64) };
    const got = acquire({ entry: wrong, sources, store: await fresh(), io });
    await expect(got).rejects.toMatchObject({
      code: 'BINARY_DIGEST_MISMATCH',
      message: expect.stringContaining('share/data'),
    });
  });
  it('says before the first byte when the disk is too small', async () => {
    const { request, fresh, io, server } = await setUp();
    const entry = { ...(await pin(request)) };
    const store = { ...(await fresh()), freeBytes: async () => 10 };
    const got = acquire({ entry, sources, store, io });
    await expect(got).rejects.toMatchObject({ code: 'DISK_FULL', where: store.path, exitCode: 3 });
    expect(server.requests).toHaveLength(1);
  });
  it('needs no room for what an earlier run has brought', async () => {
    const { bytes, request, fresh, io } = await setUp();
    const entry = await pin(request);
    const needed = bytes.length - 60 + entry.binary_size_bytes;
    const store = { ...(await fresh()), freeBytes: async () => needed };
    const partial = `${store.partialPath(`asset-${entry.sha256}`)}.partial`;
    await expect(acquire({ entry, sources, store, io })).rejects.toMatchObject({ code: 'DISK_FULL' });
    await mkdir(join(partial, '..'), { recursive: true });
    await writeFile(partial, bytes.subarray(0, 60));
    const got = await acquire({ entry, sources, store, io });
    expect(got.downloadedBytes).toBe(bytes.length - 60);
  });
  it('names the folder when the disk fills up on the way', async () => {
    const { request, fresh, io } = await setUp();
    const full = async (): Promise<never> => {
      throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
    };
    const entry = await pin(request);
    const store = { ...(await fresh()), putFile: full };
    await expect(acquire({ entry, sources, store, io })).rejects.toMatchObject({
      code: 'DISK_FULL',
      where: store.path,
    });
  });
});
