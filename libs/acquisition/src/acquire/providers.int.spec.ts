import type { RequestListener } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { CouldNotRun, type LockEntry, type Provider } from '@cliparity/model';
import type { Source } from '@cliparity/plugin-api';
import { serve, setUp, sources } from '../testing/acquire-fixture.js';
import { providersOf } from '../lock/providers.js';
import { loopbackSource } from '../testing/loopback-source.js';
import { acquire } from './acquire.js';
import { pin } from './pin.js';
import { verifyEntry } from './verify-entry.js';

describe('further providers', () => {
  async function twoProviders(first: RequestListener) {
    const { request, fresh, io, server } = await setUp();
    const entry = await pin(request);
    const broken = await serve(first);
    const { locator, asset_name, sha256: digest, size_bytes, format, member } = entry;
    const second = { locator, asset_name, sha256: digest, size_bytes, format, ...(member !== undefined && { member }) };
    const both: LockEntry = { ...entry, locator: `${broken.url}/1.2.3/tool-linux-x64.tgz`, providers: [second] };
    return { both, store: await fresh(), io, server };
  }
  it('are asked when the first one cannot be read', async () => {
    const { both, store, io } = await twoProviders((_, response) => response.writeHead(404).end());
    expect(await acquire({ entry: both, sources, store, io })).toMatchObject({ fromStore: false });
    expect(io.events).toContainEqual(expect.objectContaining({ type: 'note', level: 'warn' }));
  });
  it('are asked when the first one is gone from its registry, or nobody’s source here', async () => {
    const { both, store, io } = await twoProviders((_, response) => response.writeHead(404).end());
    const gone: Source = {
      ...loopbackSource,
      owns: (locator) => locator.startsWith('npm:'),
      open: async (locator) => {
        throw new CouldNotRun('NPM_VERSION_MISSING', `${locator} is not published`);
      },
    };
    const entry = { ...both, locator: 'npm:tool@1.2.3' };
    expect(await acquire({ entry, sources: [gone, loopbackSource], store, io })).toMatchObject({ fromStore: false });
    await store.prune();
    expect(await acquire({ entry, sources, store, io })).toMatchObject({ fromStore: false });
  });
  it('that cannot be had either leave the word to the first one', async () => {
    const { both, store, io } = await twoProviders((_, response) => response.writeHead(404).end());
    const providers = both.providers?.map((provider) => ({ ...provider, locator: 'npm:tool@1.2.3' })) ?? [];
    const got = acquire({ entry: { ...both, providers }, sources, store, io });
    await expect(got).rejects.toMatchObject({ code: 'HTTP_STATUS', where: both.locator });
    const told = expect.stringContaining('there is no further provider');
    expect(io.events).toContainEqual(expect.objectContaining({ message: told }));
  });
  it('are not asked when the first one sends other bytes', async () => {
    const { both, store, io, server } = await twoProviders((_, response) =>
      response.end(Buffer.alloc(both.size_bytes)),
    );
    const before = server.requests.length;
    await expect(acquire({ entry: both, sources, store, io })).rejects.toMatchObject({ code: 'ASSET_DIGEST_MISMATCH' });
    expect(server.requests).toHaveLength(before);
  });
  it('that ship another binary are refused with both chains', async () => {
    const { both, store, io, server } = await twoProviders((_, response) => response.writeHead(404).end());
    const evil = { ...both, binary_sha256: 'b'.repeat(64) };
    const message = expect.stringMatching(
      new RegExp(`${both.locator}[^]*bbbb[^]*${server.url}[^]*${both.binary_sha256}`),
    );
    const got = acquire({ entry: evil, sources, store, io });
    await expect(got).rejects.toMatchObject({ code: 'PROVIDER_DISAGREES', exitCode: 1, message });
    expect(await store.list()).toEqual([]);
  });
});

describe('verifying an entry', () => {
  async function locked() {
    const { request, io, server, store, bytes } = await setUp();
    return { entry: await pin(request), io, server, store, bytes };
  }
  it('transfers every place anew, whatever the store has', async () => {
    const { entry, io, server, store } = await locked();
    const before = server.requests.length;
    expect(await verifyEntry({ entry, sources, store, io })).toEqual([]);
    expect(server.requests).toHaveLength(before + 1);
  });
  it('names each place that is not what the lock says', async () => {
    const { entry, io, store, bytes } = await locked();
    const swapped = await serve((_, response) => response.end(Buffer.alloc(bytes.length)));
    const [first] = providersOf(entry);
    const second = { ...(first as Provider), locator: `${swapped.url}/1.2.3/tool-linux-x64.tgz` };
    const both: LockEntry = { ...entry, providers: [second] };
    expect(await verifyEntry({ entry: both, sources, store, io })).toMatchObject([
      { locator: second.locator, error: { code: 'ASSET_DIGEST_MISMATCH' } },
    ]);
    const other = { ...entry, binary_sha256: 'b'.repeat(64) };
    expect(await verifyEntry({ entry: other, sources, store, io })).toMatchObject([
      { locator: entry.locator, error: { code: 'BINARY_DIGEST_MISMATCH' } },
    ]);
  });
  it('passes over a further place that cannot be read, said aloud', async () => {
    const { entry, io, store } = await locked();
    const gone = await serve((_, response) => response.writeHead(404).end());
    const [first] = providersOf(entry);
    const second = { ...(first as Provider), locator: `${gone.url}/1.2.3/tool-linux-x64.tgz` };
    expect(await verifyEntry({ entry: { ...entry, providers: [second] }, sources, store, io })).toEqual([]);
    expect(io.events).toContainEqual(expect.objectContaining({ message: expect.stringContaining('not compared') }));
  });
  it('stops when the first place cannot be read', async () => {
    const { entry, io, store } = await locked();
    const gone = await serve((_, response) => response.writeHead(404).end());
    const moved = { ...entry, locator: `${gone.url}/1.2.3/tool-linux-x64.tgz` };
    await expect(verifyEntry({ entry: moved, sources, store, io })).rejects.toMatchObject({ code: 'HTTP_STATUS' });
  });
});
