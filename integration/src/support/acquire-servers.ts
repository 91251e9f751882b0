import { createServer as createHttp, type RequestListener } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { connect, type AddressInfo, type Server } from 'node:net';
import type { SelfSigned } from './acquire-certificate.js';

/** A server of a test's own. */
export interface Running {
  readonly port: number;
  close(): Promise<void>;
}

async function running(server: Server): Promise<Running> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return { port, close: async () => void server.close() };
}

/** Serves over TLS with a certificate. */
export const listenTls = (certificate: SelfSigned, answer: RequestListener): Promise<Running> =>
  running(createHttps({ ...certificate }, answer));

/** A proxy that leads every tunnel to one port of this machine, or refuses them all, and remembers who was asked for. */
export async function listenProxy(to: number | 'nowhere'): Promise<Running & { readonly tunnels: readonly string[] }> {
  const tunnels: string[] = [];
  const server = createHttp((_, response) => void response.writeHead(405).end());
  server.on('connect', (request, socket, head) => {
    tunnels.push(request.url ?? '');
    if (to === 'nowhere') return void socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
    const inner = connect(to, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      inner.write(head);
      inner.pipe(socket).pipe(inner);
    });
    for (const one of [inner, socket]) one.on('error', () => inner.destroy());
  });
  return { ...(await running(server)), tunnels };
}

/** Hands out bytes, ranges included, as a server that can resume does. */
export const serveRanges =
  (bytes: Uint8Array): RequestListener =>
  (request, response) => {
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    const part = bytes.subarray(from);
    const range = { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` };
    response.writeHead(from > 0 ? 206 : 200, { 'content-length': part.length, ...(from > 0 && range) }).end(part);
  };

/** Answers in turn, the last one for ever. */
export function inTurn(...answers: readonly RequestListener[]): RequestListener {
  let turn = 0;
  return (request, response) => {
    const answer = answers[Math.min(turn, answers.length - 1)];
    turn += 1;
    answer?.(request, response);
  };
}

/** Answers with a status and nothing else. */
export const status =
  (code: number, headers: Readonly<Record<string, string>> = {}): RequestListener =>
  (_, response) =>
    void response.writeHead(code, headers).end('<p>no</p>');
