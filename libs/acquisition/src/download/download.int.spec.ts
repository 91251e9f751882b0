import { createHash } from 'node:crypto';
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { CouldNotRun, sha256 } from '@cliparity/model';
import fc from 'fast-check';
import { fakeIo } from '../testing/fake-io.js';
import { loopbackSource } from '../testing/loopback-source.js';
import { serveBytes, startServer, type LoopbackServer } from '../testing/loopback-server.js';
import { filesBelow, useTmpDirs } from '../testing/tmp-dir.js';
import { download, type DownloadRequest } from './download.js';

const tmpDir = useTmpDirs();
const servers: LoopbackServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

const BYTES = Buffer.from('0123456789'.repeat(2000));
const INTEGRITY = `sha512-${createHash('sha512').update(BYTES).digest('base64')}`;

async function setUp(handler: RequestListener, more: Partial<DownloadRequest> = {}) {
  const server = await startServer(handler);
  servers.push(server);
  const folder = await tmpDir();
  const io = fakeIo();
  const run = async (last: Partial<DownloadRequest> = {}) =>
    download({
      open: async (from) => loopbackSource.open(server.url, from, io),
      what: server.url,
      into: join(folder, 'asset'),
      signal: io.signal,
      ...more,
      ...last,
    });
  return { server, folder, run };
}

/**
 * Breaks the connection after some bytes, as often as said, then serves ranges. It breaks when the client has written the bytes (`cut`): a
 * connection that breaks earlier may take them along.
 */
function breaking(times: number, each: number, ranges = true) {
  const whole = serveBytes(BYTES);
  let cut = (): void => undefined;
  const state = { left: times, onProgress: (done: number) => (done % each === 0 ? cut() : undefined) };
  const handler: RequestListener = (request, response) => {
    if (state.left-- <= 0) return void whole(request, response);
    const from = ranges ? Number(/\d+/.exec(request.headers.range ?? '0')?.[0]) : 0;
    const range = `bytes ${from}-${BYTES.length - 1}/${BYTES.length}`;
    const head = { 'content-length': BYTES.length - from, ...(from > 0 && { 'content-range': range }) };
    cut = () => void response.destroy();
    response.writeHead(from > 0 ? 206 : 200, head).write(BYTES.subarray(from, from + each));
  };
  return { handler, state };
}

describe('a whole download', () => {
  it('gives path, size and digests, and leaves nothing else', async () => {
    const progress: number[] = [];
    const { run, folder } = await setUp(serveBytes(BYTES));
    const got = await run({
      size: BYTES.length,
      sha256: sha256(BYTES),
      integrity: INTEGRITY,
      onProgress: (n) => progress.push(n),
    });
    expect(got).toEqual({
      path: join(folder, 'asset'),
      size: BYTES.length,
      sha256: sha256(BYTES),
      integrity: INTEGRITY,
      transferred: BYTES.length,
    });
    expect(await readFile(got.path)).toEqual(BYTES);
    expect(await filesBelow(folder)).toEqual(['asset']);
    expect(progress.at(-1)).toBe(BYTES.length);
  });
  it('works when nothing is known before', async () => {
    const { run } = await setUp((_, response) => {
      response.write(BYTES);
      response.end();
    });
    expect(await run()).toMatchObject({ size: BYTES.length, sha256: sha256(BYTES) });
  });
});

describe('a broken connection', () => {
  it('is resumed where it broke, several times', async () => {
    const { handler, state } = breaking(3, 5000);
    const { run, server } = await setUp(handler, state);
    expect(await run({ sha256: sha256(BYTES), size: BYTES.length })).toMatchObject({ transferred: BYTES.length });
    expect(server.requests.map((request) => request.headers.range)).toEqual([
      undefined,
      'bytes=5000-',
      'bytes=10000-',
      'bytes=15000-',
    ]);
  });
  it('starts over when the other side does not resume', async () => {
    const { handler, state } = breaking(1, 5000, false);
    const { run } = await setUp((request, response) => {
      delete request.headers.range;
      handler(request, response);
    }, state);
    expect(await run({ sha256: sha256(BYTES) })).toMatchObject({ transferred: BYTES.length + 5000 });
  });
  it('starts over when the other side resumes elsewhere than asked', async () => {
    const { handler, state } = breaking(1, 5000);
    const wrong = `bytes 1-${BYTES.length - 1}/${BYTES.length}`;
    const { run } = await setUp((request, response) => {
      if (request.headers.range === undefined) return handler(request, response);
      response.writeHead(206, { 'content-range': wrong }).end(BYTES.subarray(1));
    });
    const got = await run({ size: BYTES.length, sha256: sha256(BYTES), onProgress: state.onProgress });
    expect(got).toMatchObject({ size: BYTES.length, transferred: 5000 + BYTES.length });
  });
  it('is given up when the other side starts anew each time and never ends', async () => {
    const { handler, state } = breaking(Number.POSITIVE_INFINITY, 4000, false);
    const { run, server } = await setUp(handler, state);
    await expect(run()).rejects.toMatchObject({ code: 'NETWORK' });
    expect(server.requests).toHaveLength(4);
  });
  it('is given up when it brings nothing new, and what came is kept for the next run', async () => {
    const { handler, state } = breaking(1, 4000);
    let dead = true;
    const { run, folder } = await setUp((request, response) => {
      if (dead && request.headers.range !== undefined) response.destroy();
      else handler(request, response);
    }, state);
    await expect(run()).rejects.toMatchObject({ code: 'NETWORK' });
    expect(await filesBelow(folder)).toEqual(['asset.partial']);
    dead = false;
    expect(await run({ sha256: sha256(BYTES) })).toMatchObject({ transferred: BYTES.length - 4000 });
  });
});

describe('what an earlier run left', () => {
  it('may be of another file: then the whole is fetched', async () => {
    const { run, folder } = await setUp(serveBytes(BYTES));
    await writeFile(join(folder, 'asset.partial'), 'x'.repeat(300));
    const got = await run({ sha256: sha256(BYTES), size: BYTES.length });
    expect(got.transferred).toBe(2 * BYTES.length - 300);
  });
  it('may be whole: then nothing is transferred', async () => {
    const { run, folder, server } = await setUp(serveBytes(BYTES));
    await writeFile(join(folder, 'asset.partial'), BYTES);
    expect(await run({ sha256: sha256(BYTES), size: BYTES.length })).toMatchObject({ transferred: 0 });
    expect(server.requests).toHaveLength(0);
  });
  it('may be longer than the whole, known or not: then it starts over', async () => {
    for (const size of [BYTES.length, undefined]) {
      const { run, folder } = await setUp(serveBytes(BYTES));
      await writeFile(join(folder, 'asset.partial'), BYTES);
      await appendFile(join(folder, 'asset.partial'), 'more');
      expect(await run({ sha256: sha256(BYTES), size })).toMatchObject({ size: BYTES.length });
    }
  });
});

describe('wrong bytes', () => {
  it('of another stated length are refused before one is read', async () => {
    const { run, folder } = await setUp(serveBytes(BYTES));
    await expect(run({ size: 5 })).rejects.toMatchObject({ code: 'ASSET_SIZE_MISMATCH', exitCode: 1 });
    expect(await filesBelow(folder)).toEqual([]);
  });
  it('that do not end are refused at the first one too many', async () => {
    let sent = 0;
    const { run } = await setUp((_, response) => {
      const more = (): void => void (response.write(BYTES, (gone) => gone ?? setImmediate(more)) && (sent += 1));
      more();
    });
    await expect(run({ size: 5 })).rejects.toMatchObject({ code: 'ASSET_SIZE_MISMATCH' });
    expect(sent).toBeLessThan(1000);
  });
  it('that end too soon are TRUNCATED', async () => {
    const { run } = await setUp((_, response) => {
      response.write('abc');
      response.end();
    });
    await expect(run({ size: 5 })).rejects.toMatchObject({ code: 'TRUNCATED', exitCode: 3 });
  });
  it('with another digest are refused and thrown away, by either digest', async () => {
    const { run, folder } = await setUp(serveBytes(BYTES));
    await expect(run({ sha256: '0'.repeat(64) })).rejects.toMatchObject({ code: 'ASSET_DIGEST_MISMATCH', exitCode: 1 });
    await expect(run({ integrity: `sha512-${'A'.repeat(88)}` })).rejects.toMatchObject({
      code: 'ASSET_DIGEST_MISMATCH',
    });
    expect(await filesBelow(folder)).toEqual([]);
  });
  it('that cannot be had are asked for once, and leave nothing behind', async () => {
    const { folder, run } = await setUp((_, response) => void response.end());
    let asked = 0;
    const open = async (): Promise<never> => {
      asked += 1;
      throw new CouldNotRun('NETWORK', 'nobody is there');
    };
    await expect(run({ open })).rejects.toMatchObject({ code: 'NETWORK' });
    expect([asked, await filesBelow(folder)]).toEqual([1, []]);
  });
  it('as a web page are named so', async () => {
    const { run } = await setUp((_, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'),
    );
    await expect(run()).rejects.toMatchObject({ code: 'HTTP_NOT_AN_ASSET' });
  });
});

it('gives the same file however the bytes are cut and wherever it breaks', async () => {
  const folder = await tmpDir();
  let n = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ minLength: 1, maxLength: 300 }),
      fc.array(fc.nat(300), { maxLength: 4 }),
      async (bytes, cuts) => {
        n += 1;
        const left = [...cuts];
        const open: DownloadRequest['open'] = async (from) => {
          const cut = left.shift();
          const to = cut === undefined ? bytes.length : Math.min(bytes.length, from + cut);
          async function* body() {
            for (let at = from; at < to; at += 7) yield bytes.subarray(at, Math.min(at + 7, to));
          }
          return { start: from, total: bytes.length, body: body() };
        };
        const request = {
          open,
          what: 'x',
          into: join(folder, String(n)),
          signal: new AbortController().signal,
          retries: 9,
        };
        const got = await download(request);
        expect(got.sha256).toBe(sha256(bytes));
        expect(new Uint8Array(await readFile(got.path))).toEqual(bytes);
      },
    ),
    { numRuns: 40 },
  );
});
