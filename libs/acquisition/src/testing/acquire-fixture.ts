import { join } from 'node:path';
import type { RequestListener } from 'node:http';
import { afterEach } from '@jest/globals';
import type { Asset } from '@cliparity/plugin-api';
import type { PinRequest } from '../acquire/pin.js';
import { openStore, type Store } from '../store/store.js';
import { buildTgz, type TestMember } from './build-tar.js';
import { fakeIo } from './fake-io.js';
import { loopbackSource } from './loopback-source.js';
import { serveBytes, startServer, type LoopbackServer } from './loopback-server.js';
import { useTmpDirs } from './tmp-dir.js';

const tmpDir = useTmpDirs();
const servers: LoopbackServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

/** Starts a server that is gone after the test. */
export async function serve(handler: RequestListener): Promise<LoopbackServer> {
  const server = await startServer(handler);
  servers.push(server);
  return server;
}

/** What the test release ships: an executable and a file. */
export const MEMBERS: TestMember[] = [
  { name: 'package/bin/tool', text: '#!/bin/sh\necho 1.2.3\n', mode: 0o755 },
  { name: 'package/share/data', text: 'data' },
];
/** The one source there is. */
export const sources = [loopbackSource];

function asset(server: LoopbackServer, more: Partial<Asset> = {}): Asset {
  return {
    target: 'linux-x64',
    locator: `${server.url}/1.2.3/tool-linux-x64.tgz`,
    name: 'tool-linux-x64.tgz',
    digests: {},
    kind: 'file',
    format: 'tar.gz',
    member: 'package/bin/tool',
    ...more,
  };
}

/** Turns the test asset into a tree. */
export const TREE: Partial<Asset> = { kind: 'tree', member: 'package', entry: 'bin/tool' };

/** A release on a server of its own, an empty store, and what pinning it takes. */
export async function setUp(more: Partial<Asset> = {}) {
  const bytes = await buildTgz(MEMBERS);
  const server = await serve(serveBytes(bytes));
  const store = openStore(join(await tmpDir(), 'store'));
  const io = fakeIo();
  const request: PinRequest = {
    asset: asset(server, more),
    version: '1.2.3',
    target: 'linux-x64',
    source: loopbackSource,
    store,
    io,
  };
  const fresh = async (): Promise<Store> => openStore(join(await tmpDir(), 'store'));
  return { bytes, server, store, io, request, fresh };
}
