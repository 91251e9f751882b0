import { lookup as systemLookup, NOTFOUND, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { CouldNotRun } from '@cliparity/model';
import { isPrivateHost } from './address.js';

/** Resolves a name to all of its addresses. */
export type ResolveAll = (host: string) => Promise<readonly LookupAddress[]>;

/** What the system says; asked anew each time, so that a changed answer is seen. */
export const resolveAll: ResolveAll = async (host) =>
  new Promise((done, failed) => {
    systemLookup(host, { all: true }, (error, addresses) => (error === null ? done(addresses) : failed(error)));
  });

const anyPrivate = (addresses: readonly LookupAddress[]): boolean =>
  addresses.some(({ address }) => isPrivateHost(address));

function refusal(host: string, address: string): CouldNotRun {
  const message = `a redirect to ${host} was refused: its name leads to the private address ${address}`;
  return new CouldNotRun('REDIRECT_REFUSED', message, {
    where: host,
    remedy: 'A public place has no business there. If it is your own mirror, use its address in the source’s settings.',
  });
}

/** The addresses of a redirect's host. Throws REDIRECT_REFUSED when one is private and the first host has none such itself. */
async function addressesOf(host: string, first: string, resolve: ResolveAll): Promise<readonly LookupAddress[]> {
  const addresses = await resolve(host);
  const inner = addresses.find(({ address }) => isPrivateHost(address));
  if (inner === undefined) return addresses;
  const home = await resolve(first).catch(() => []);
  if (anyPrivate(home)) return addresses;
  throw refusal(host, inner.address);
}

/**
 * A look-up for connections that a redirect asked for: what is checked is what is connected to, so a name cannot mean two things.
 * @param first the host that the request began at; one inside the own network may lead to others inside
 */
export function guardedLookup(first: string, resolve: ResolveAll = resolveAll): LookupFunction {
  return (host, options, done) => {
    const answer = (addresses: readonly LookupAddress[]): void => {
      const family = options.family === 4 || options.family === 6 ? options.family : undefined;
      const fitting = addresses.filter((one) => family === undefined || one.family === family);
      const [one] = fitting;
      if (one === undefined) done(Object.assign(new Error(`${host} has no address`), { code: NOTFOUND }), '', 0);
      else if (options.all === true) done(null, [...fitting]);
      else done(null, one.address, one.family);
    };
    addressesOf(host, first, resolve).then(answer, (error: NodeJS.ErrnoException) => done(error, '', 0));
  };
}
