// Stands between Nx and a shared cache for the length of one run: Nx ends a run that meets a dead server or an artifact that is no whole archive,
// and knows no way back. Here both become "not there" (404), so the task is done again; what cannot be stored is left unstored (403).
import { createServer } from 'node:http';
import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';

const nowhere = () => new Writable({ write: (_chunk, _encoding, done) => done() });

/** An artifact is a gzip archive, whose end holds the checksum and the length of what is in it. */
async function isWhole(bytes) {
  if (bytes.length === 0) return false;
  return pipeline(Readable.from([bytes]), createGunzip(), nowhere()).then(
    () => true,
    () => false,
  );
}

async function bodyOf(stream) {
  const parts = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
}

/** Asks the server what Nx asked; status 0 when it did not answer in time or at all. */
async function ask(server, request, body) {
  const { authorization } = request.headers;
  const sent = request.method === 'GET' ? undefined : body;
  try {
    const response = await globalThis.fetch(new URL(request.url, server.address), {
      method: request.method,
      redirect: 'error',
      signal: globalThis.AbortSignal.timeout(server.timeoutMs),
      headers: {
        'accept-encoding': 'identity',
        ...(authorization === undefined ? {} : { authorization }),
        ...(sent === undefined
          ? {}
          : { 'content-type': 'application/octet-stream', 'content-length': String(sent.length) }),
      },
      ...(sent === undefined ? {} : { body: sent }),
    });
    return { status: response.status, bytes: Buffer.from(await response.arrayBuffer()) };
  } catch {
    return { status: 0, bytes: Buffer.alloc(0) };
  }
}

/**
 * Starts it on loopback.
 * @param server `address` of the shared cache; `timeoutMs` for one artifact; `say` gets a line for each artifact that is left out
 * @returns `url` for Nx, and `close`
 */
export async function startCacheProxy(server) {
  const answer = async (request, response) => {
    const body = await bodyOf(request);
    const { status, bytes } = await ask(server, request, body);
    const ok = status >= 200 && status < 300;
    const hash = request.url.split('/').at(-1);
    if (request.method !== 'GET') return response.writeHead(ok || status === 409 ? status : 403).end();
    if (ok && (await isWhole(bytes))) {
      return response
        .writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': bytes.length })
        .end(bytes);
    }
    if (status !== 404)
      server.say(`${hash} ${ok ? 'is damaged' : `cannot be had (${status || 'no answer'})`}: done again`);
    return response.writeHead(404).end();
  };
  const proxy = createServer((request, response) => {
    answer(request, response).catch(() => response.writeHead(404).end());
  });
  await new Promise((done) => proxy.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${proxy.address().port}`,
    close: () => {
      proxy.closeAllConnections();
      proxy.close();
    },
  };
}
