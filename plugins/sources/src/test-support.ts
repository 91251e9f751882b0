import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach } from '@jest/globals';
import { createHttpClient } from '@cliparity/acquisition';
import type { Io, StepEvent, Target } from '@cliparity/plugin-api';

/** Targets as the built-in ones are. */
export const LINUX: Target = {
  id: 'x86_64-unknown-linux-musl',
  revision: 1,
  os: 'linux',
  arch: 'x86_64',
  aliases: ['linux-x64'],
};
export const WINDOWS: Target = {
  id: 'x86_64-pc-windows-msvc',
  revision: 1,
  os: 'windows',
  arch: 'x86_64',
  aliases: ['win32-x64'],
};
export const ANY: Target = { id: 'any', revision: 1, os: 'any', arch: 'any' };

export interface TestIo extends Io {
  readonly notes: string[];
  readonly secrets: string[];
}

/** An Io over loopback that never waits between tries. */
export function testIo(): TestIo {
  const [notes, secrets]: [string[], string[]] = [[], []];
  const { signal } = new AbortController();
  return {
    signal,
    notes,
    secrets,
    now: () => new Date(0),
    emit: (event: StepEvent) => void (event.type === 'note' && notes.push(event.message)),
    env: () => undefined,
    secret: (value) => {
      secrets.push(value);
      return value;
    },
    fetch: createHttpClient({ signal, sleep: async () => undefined }),
  };
}

export interface TestServer {
  readonly url: string;
  readonly requests: { readonly url: string; readonly headers: IncomingHttpHeaders }[];
}

/** Starts servers on 127.0.0.1 that are gone after each test. Call once per test file. */
export function useServers(): (handler: RequestListener) => Promise<TestServer> {
  const close: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const one of close.splice(0)) await one();
  });
  return async (handler) => {
    const requests: TestServer['requests'] = [];
    const server = createServer((request, response) => {
      requests.push({ url: request.url ?? '', headers: request.headers });
      handler(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    close.push(async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
  };
}

/** Everything a list of chunks holds, as text. */
export async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** All of an async list. */
export async function listOf<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}
