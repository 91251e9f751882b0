import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll } from '@jest/globals';
import type { Io, Target } from '@cliparity/plugin-api';
import { describeSource } from '@cliparity/testkit';
import releaseIndex from './release-index.js';

const binary = 'the binary';
const sha256 = createHash('sha256').update(binary).digest('hex');
const target: Target = { id: 'x86_64-unknown-linux-musl', revision: 1, os: 'linux', arch: 'x86_64' };
const index = { '1.0.0': { [target.id]: { path: '1.0.0/tool', size: binary.length, sha256 } } };

const server = createServer(({ url, headers }, response) => {
  if (url === '/index.json') return response.end(JSON.stringify(index));
  const from = Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0);
  return response.writeHead(from > 0 ? 206 : 200).end(binary.slice(from));
});
beforeAll((done) => void server.listen(0, '127.0.0.1', done));
afterAll((done) => void server.close(done));

/** Of the rim, this source uses `fetch` alone; the real one retries, checks redirects and refuses plain http beyond loopback. */
async function get(url: string, options: { readonly headers?: Readonly<Record<string, string>> } = {}) {
  const answer = await fetch(url, options);
  return { status: answer.status, headers: {}, body: answer.body as AsyncIterable<Uint8Array> };
}

describeSource('release-index', {
  source: () => releaseIndex({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` }),
  io: () => ({ fetch: get }) as Io,
  targets: [target],
  version: '1.0.0',
});
