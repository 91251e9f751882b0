import { BlockList, isIP } from 'node:net';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

const inner = new BlockList();
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
] as const) {
  inner.addSubnet(net, prefix, 'ipv4');
}
for (const [net, prefix] of [
  ['::', 128],
  ['fc00::', 7],
  ['fe80::', 10],
] as const) {
  inner.addSubnet(net, prefix, 'ipv6');
}

const bare = (host: string): string => host.replace(/^\[|\]$/g, '').toLowerCase();

function listed(list: BlockList, host: string): boolean {
  const family = isIP(host);
  // BlockList resolves IPv4-mapped IPv6 addresses to their IPv4 rule by itself.
  return family !== 0 && list.check(host, family === 6 ? 'ipv6' : 'ipv4');
}

/** Whether a URL's host names this very machine: `localhost`, `*.localhost`, 127/8, ::1. */
export function isLoopbackHost(host: string): boolean {
  const name = bare(host);
  return name === 'localhost' || name.endsWith('.localhost') || listed(loopback, name);
}

/** Whether a host is loopback or a literal address of a private, link-local or shared network. Names are not resolved. */
export function isPrivateHost(host: string): boolean {
  return isLoopbackHost(host) || listed(inner, bare(host));
}
