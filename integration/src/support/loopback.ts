import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server on loopback whose answer a test exchanges. */
export interface Loopback {
  readonly url: string;
  /** Paths asked for so far, oldest first. */
  readonly asked: string[];
  answer: RequestListener;
  close(): Promise<void>;
}

/** Starts one; everything is 404 before `answer` is set. */
export async function listen(): Promise<Loopback> {
  const asked: string[] = [];
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    asked.push(decodeURIComponent(request.url ?? ''));
    loopback.answer(request, response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const loopback: Loopback = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    answer: (_, response) => void response.writeHead(404).end(),
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
  return loopback;
}

/** Serves these bytes whatever is asked. */
export const serveWhole =
  (bytes: Uint8Array): RequestListener =>
  (_, response) =>
    void response.writeHead(200, { 'content-length': bytes.length }).end(bytes);

/** Promises all the bytes, sends the first half and hangs up, every time; a range does not help. */
export const serveHalf =
  (bytes: Uint8Array): RequestListener =>
  (_, response) => {
    response.writeHead(200, { 'content-length': bytes.length });
    // What is reset at once may be lost on its way; a connection that breaks later has been read up to there.
    response.write(bytes.subarray(0, bytes.length >> 1), () => setTimeout(() => response.destroy(), 100));
  };

/** Sends the first half and says that this was all. */
export const serveShort =
  (bytes: Uint8Array): RequestListener =>
  (_, response) =>
    void response.writeHead(200).end(bytes.subarray(0, bytes.length >> 1));
