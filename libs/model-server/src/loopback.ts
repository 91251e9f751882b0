import { UsageError } from '@cliparity/model';

/** Whether a host (with or without port, with or without brackets) is this machine's loopback. */
export function isLoopback(host: string): boolean {
  const name = host
    .replace(/^\[(.*)\](?::\d+)?$/, '$1')
    .replace(/^([^:]*):\d+$/, '$1')
    .toLowerCase();
  if (name === 'localhost' || name === '::1') return true;
  return /^(?:::ffff:)?127(?:\.\d{1,3}){3}$/.test(name);
}

/** The host, when it is loopback. Error: MODEL_SERVER_NOT_LOOPBACK. */
export function loopbackHost(host: string): string {
  if (isLoopback(host)) return host;
  throw new UsageError('MODEL_SERVER_NOT_LOOPBACK', `The model server does not listen on ${host}.`, {
    where: host,
    remedy: 'Give 127.0.0.1, ::1 or localhost: a scripted model must not be reachable from other machines.',
  });
}
