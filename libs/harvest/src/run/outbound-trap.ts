import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A proxy on loopback that lets nothing through and remembers who was asked for. */
export interface OutboundTrap {
  readonly url: string;
  /** Hosts asked for, in order of first appearance. */
  readonly hosts: () => readonly string[];
  readonly close: () => Promise<void>;
}

/** A proxy is asked by whole URL, anybody else by the Host header; what is neither is named as it came. */
function hostOf(url: string, header = 'unknown'): string {
  return url.startsWith('/') || !URL.canParse(url) ? header : new URL(url).host;
}

/**
 * Starts the trap. It stands in for the network: the upstream's proxies lead to it, so that a call that leaves loopback fails at once and by name
 * instead of waiting for a resolver. A program that ignores proxies is not held by it.
 */
export async function startOutboundTrap(): Promise<OutboundTrap> {
  const seen = new Set<string>();
  const server = createServer((request, response) => {
    seen.add(hostOf(request.url ?? '', request.headers.host));
    response.writeHead(403, { connection: 'close' }).end();
  });
  server.on('connect', (request, socket) => {
    seen.add(request.url ?? 'unknown');
    socket.on('error', () => undefined);
    socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
  });
  server.on('clientError', (_error, socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    hosts: () => [...seen],
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
