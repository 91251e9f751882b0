import type { IncomingMessage, RequestListener } from 'node:http';
import { listen, type Loopback } from './loopback.js';

/** A server that speaks Nx’s protocol for shared caches: GET and PUT of `/v1/cache/<hash>` with a bearer token. Source: nx.dev, self-hosted caching. */
export interface CacheServer {
  readonly url: string;
  /** Artifacts by hash. */
  readonly artifacts: Map<string, Buffer>;
  /** `GET 200`, `PUT 409` … in order. */
  readonly log: string[];
  /** What is wrong with it from now on. */
  fault: 'none' | 'corrupting' | 'refusing' | 'failing' | 'silent' | 'babbling';
  /** The hash of an artifact that it cannot get at. */
  withheld: string | undefined;
  close(): Promise<void>;
}
export const WRITE_TOKEN = 'may-write';
export const READ_TOKEN = 'may-read';

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

interface Answer {
  readonly status: number;
  readonly body?: Buffer;
}

function answerOf(server: CacheServer, request: { method: string; hash: string; token: string; body: Buffer }): Answer {
  const { method, hash, token, body } = request;
  if (server.fault === 'refusing' || ![WRITE_TOKEN, READ_TOKEN].includes(token)) return { status: 401 };
  if (server.fault === 'failing') return { status: 500 };
  if (server.fault === 'babbling') return { status: 200, body: Buffer.from('<html>sign in</html>') };
  const known = server.artifacts.get(hash);
  if (method === 'GET') {
    if (server.withheld === hash) return { status: 503 };
    if (known === undefined) return { status: 404 };
    return { status: 200, body: server.fault === 'corrupting' ? known.subarray(0, known.length >> 1) : known };
  }
  if (token !== WRITE_TOKEN) return { status: 403 };
  if (known !== undefined) return { status: 409 };
  server.artifacts.set(hash, body);
  return { status: 200 };
}

/** Starts one on loopback; it forgets when it is closed. */
export async function startCacheServer(): Promise<CacheServer> {
  const loopback: Loopback = await listen();
  const server: CacheServer = {
    url: loopback.url,
    artifacts: new Map(),
    log: [],
    fault: 'none',
    withheld: undefined,
    close: () => loopback.close(),
  };
  const answer: RequestListener = (request, response) => {
    void bodyOf(request).then((body) => {
      if (server.fault === 'silent') return;
      const [method, hash] = [request.method ?? 'GET', (request.url ?? '').replace('/v1/cache/', '')];
      const token = (request.headers.authorization ?? '').replace('Bearer ', '');
      const { status, body: bytes } = answerOf(server, { method, hash, token, body });
      server.log.push(`${method} ${status}`);
      response.writeHead(status, { 'content-type': 'application/octet-stream' }).end(bytes);
    });
  };
  loopback.answer = answer;
  return server;
}

/** The environment that makes Nx use it. */
export const cacheEnv = ({ url }: CacheServer, token = WRITE_TOKEN): Record<string, string> => ({
  NX_SELF_HOSTED_REMOTE_CACHE_SERVER: url,
  NX_SELF_HOSTED_REMOTE_CACHE_ACCESS_TOKEN: token,
});
