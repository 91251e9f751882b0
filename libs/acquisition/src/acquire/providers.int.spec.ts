import type { RequestListener } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import type { LockEntry } from '@cliparity/model';
import { serve, setUp, sources } from '../testing/acquire-fixture.js';
import { acquire } from './acquire.js';
import { pin } from './pin.js';

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
  it('are not asked when the first one sends other bytes', async () => {
    const { both, store, io, server } = await twoProviders((_, response) =>
      response.end(Buffer.alloc(both.size_bytes)),
    );
    const before = server.requests.length;
    await expect(acquire({ entry: both, sources, store, io })).rejects.toMatchObject({ code: 'ASSET_DIGEST_MISMATCH' });
    expect(server.requests).toHaveLength(before);
  });
});
