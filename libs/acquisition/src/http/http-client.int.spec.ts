import { afterEach, describe, expect, it } from '@jest/globals';
import { createServer as createRaw, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { RequestListener } from 'node:http';
import { startServer, type LoopbackServer } from '../testing/loopback-server.js';
import { bytesFrom } from './bytes-from.js';
import { createHttpClient, type HttpClientOptions } from './http-client.js';

const servers: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function serve(handler: RequestListener): Promise<LoopbackServer> {
  const server = await startServer(handler);
  servers.push(server);
  return server;
}

/** A client whose pauses take no time and are written down. */
function client(options: Partial<HttpClientOptions> = {}) {
  const pauses: number[] = [];
  const fetch = createHttpClient({
    signal: new AbortController().signal,
    now: () => new Date('2026-01-01T00:00:00Z'),
    sleep: async (ms) => void pauses.push(ms),
    ...options,
  });
  const read = async (url: string, o = {}): Promise<string> =>
    text((await fetch(url, o)).body as AsyncIterable<Buffer>);
  return { fetch, read, pauses };
}

/** Answers with each status in turn, then with `ok`. */
function statuses(...list: [number, Record<string, string>?][]): RequestListener {
  return (_, response) => {
    const next = list.shift();
    if (next === undefined) response.end('ok');
    else response.writeHead(next[0], next[1]).end('no');
  };
}

describe('statuses', () => {
  it.each([400, 401, 403, 404, 410])('%i is an error at once', async (status) => {
    const server = await serve(statuses([status], [status]));
    const { read, pauses } = client();
    await expect(read(`${server.url}/x?token=T0P`)).rejects.toMatchObject({
      code: 'HTTP_STATUS',
      status,
      where: `${server.url}/x?…`,
      exitCode: 3,
    });
    expect(pauses).toEqual([]);
    expect(server.requests).toHaveLength(1);
  });
  it('500 and 503 are tried again', async () => {
    const server = await serve(statuses([500], [503]));
    const { read, pauses } = client();
    expect(await read(server.url)).toBe('ok');
    expect(pauses).toEqual([500, 1000]);
  });
  it('429 waits as long as it is told, in seconds or until a date', async () => {
    const date = 'Thu, 01 Jan 2026 00:00:09 GMT';
    const server = await serve(statuses([429, { 'retry-after': '7' }], [429, { 'retry-after': date }], [429]));
    const { read, pauses } = client();
    expect(await read(server.url)).toBe('ok');
    expect(pauses).toEqual([7000, 9000, 2000]);
  });
  it('429 that wants more patience than we have is an error that says how much', async () => {
    const server = await serve(statuses([429, { 'retry-after': '3600' }]));
    const { read, pauses } = client();
    await expect(read(server.url)).rejects.toMatchObject({ status: 429, remedy: expect.stringContaining('3600') });
    expect(pauses).toEqual([]);
  });
  it('gives up in the end, and said each time why it waited', async () => {
    const server = await serve((_, response) => response.writeHead(502).end());
    const notes: string[] = [];
    const { read } = client({ retries: 2, onNote: (note) => notes.push(note) });
    await expect(read(server.url)).rejects.toMatchObject({ code: 'HTTP_STATUS', status: 502 });
    expect(server.requests).toHaveLength(3);
    expect(notes).toHaveLength(2);
  });
});

describe('connections', () => {
  it('that break before the answer are tried again', async () => {
    let count = 0;
    const server = await serve((request, response) => {
      count += 1;
      if (count === 1) request.socket.destroy();
      else response.end('ok');
    });
    expect(await client().read(server.url)).toBe('ok');
  });
  it('that are refused are an error at once', async () => {
    const { read, pauses } = client();
    // A port that nobody is given: one that was free a moment ago may be another test's now.
    await expect(read('http://127.0.0.1:1/')).rejects.toMatchObject({ code: 'NETWORK', exitCode: 3 });
    expect(pauses).toEqual([]);
  });
  it('that fall silent in the body are an error of their own', async () => {
    const server = await serve((_, response) => void response.writeHead(200, { 'content-length': 9 }).write('abc'));
    await expect(client({ inactivityMs: 50 }).read(server.url)).rejects.toMatchObject({ code: 'NETWORK_STALLED' });
  });
  it('that never answer are that too', async () => {
    const server = await serve(() => undefined);
    const { read } = client({ inactivityMs: 50, retries: 0 });
    await expect(read(server.url)).rejects.toMatchObject({ code: 'NETWORK_STALLED', exitCode: 3 });
  });
  it('that end early are an error', async () => {
    const server = await serve((_, response) => {
      response.writeHead(200, { 'content-length': 9 });
      response.write('abc', () => response.destroy());
    });
    await expect(client().read(server.url)).rejects.toMatchObject({ code: 'NETWORK' });
  });
  it('stop when the user does', async () => {
    const controller = new AbortController();
    const server = await serve(() => controller.abort());
    await expect(client({ signal: controller.signal }).read(server.url)).rejects.toMatchObject({ code: 'INTERRUPTED' });
  });
});

describe('redirects', () => {
  it('are followed on the host, five times and no more', async () => {
    const server = await serve((request, response) => {
      const left = Number(request.url?.slice(1));
      if (left === 0) response.end('there');
      else response.writeHead(302, { location: `/${left - 1}` }).end();
    });
    expect(await client().read(`${server.url}/5`)).toBe('there');
    await expect(client().read(`${server.url}/6`)).rejects.toMatchObject({ code: 'REDIRECT_LOOP' });
  });
  it('to a host off the list are refused', async () => {
    const server = await serve((_, response) => response.writeHead(302, { location: 'https://else.example/' }).end());
    await expect(client().read(server.url)).rejects.toMatchObject({ code: 'REDIRECT_REFUSED' });
  });
  it('to plain http are refused', async () => {
    const server = await serve((_, response) => response.writeHead(302, { location: 'http://else.example/' }).end());
    const fetched = client().read(server.url, { redirectHosts: ['else.example'] });
    await expect(fetched).rejects.toMatchObject({
      code: 'REDIRECT_REFUSED',
      message: expect.stringContaining('https'),
    });
  });
  it('leave credentials behind, also when they come back', async () => {
    const home = await serve((request, response) => {
      if (request.url === '/start')
        response.writeHead(302, { location: `${away.url.replace('127.0.0.1', 'localhost')}/` });
      response.end('home');
    });
    const away = await serve((_, response) => response.writeHead(307, { location: `${home.url}/end` }).end());
    const headers = { Authorization: 'Bearer T0P', 'X-Key': 'T0P', Range: 'bytes=0-' };
    const options = { headers, redirectHosts: ['localhost', '127.0.0.1'] };
    expect(await client().read(`${home.url}/start`, options)).toBe('home');
    expect(home.requests[0]?.headers).toMatchObject({ authorization: 'Bearer T0P', 'x-key': 'T0P' });
    for (const request of [away.requests[0], home.requests[1]]) {
      expect(JSON.stringify(request?.headers)).not.toContain('T0P');
      expect(request?.headers.range).toBe('bytes=0-');
    }
  });
  it('on the same origin keep credentials', async () => {
    const server = await serve((request, response) => {
      if (request.url === '/a') response.writeHead(302, { location: '/b' });
      response.end();
    });
    await client().read(`${server.url}/a`, { headers: { authorization: 'x' } });
    expect(server.requests[1]?.headers.authorization).toBe('x');
  });
});

describe('proxies', () => {
  it('carry what is not loopback', async () => {
    const seen: string[] = [];
    const proxy = createRaw((socket) => {
      socket.once('data', (data) => {
        seen.push(String(data).split('\r\n')[0] ?? '');
        socket.end('HTTP/1.1 502 No\r\n\r\n');
      });
      socket.on('error', () => undefined);
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    servers.push({ close: async () => void proxy.close() });
    const httpsProxy = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    const { read } = client({ httpsProxy, noProxy: '', retries: 0 });
    await expect(read('https://upstream.example/x')).rejects.toMatchObject({ code: 'NETWORK' });
    expect(seen).toEqual(['CONNECT upstream.example:443 HTTP/1.1']);
  });
});

describe('bytesFrom', () => {
  const answer = (status: number, headers: Record<string, string>) => ({
    status,
    headers,
    body: (async function* () {
      yield Buffer.from('x');
    })(),
  });
  it('reads ranges and lengths', async () => {
    expect(await bytesFrom(answer(206, { 'content-range': 'bytes 5-9/10' }), 'u')).toMatchObject({
      start: 5,
      total: 10,
    });
    expect(await bytesFrom(answer(206, { 'content-range': 'bytes 5-9/*' }), 'u')).not.toHaveProperty('total');
    expect(await bytesFrom(answer(200, { 'content-length': '7' }), 'u')).toMatchObject({ start: 0, total: 7 });
  });
  it('refuses web pages and nameless parts', async () => {
    const page = bytesFrom(answer(200, { 'content-type': 'text/html; charset=utf-8' }), 'https://a.example/');
    await expect(page).rejects.toMatchObject({ code: 'HTTP_NOT_AN_ASSET' });
    await expect(bytesFrom(answer(206, {}), 'u')).rejects.toMatchObject({ code: 'HTTP_NOT_AN_ASSET' });
  });
});
