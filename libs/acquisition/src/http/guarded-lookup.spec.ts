import type { LookupAddress } from 'node:dns';
import { describe, expect, it } from '@jest/globals';
import { guardedLookup, type ResolveAll } from './guarded-lookup.js';

const NAMES: Readonly<Record<string, readonly LookupAddress[]>> = {
  'public.example': [
    { address: '203.0.113.9', family: 4 },
    { address: '2001:db8::9', family: 6 },
  ],
  'files.example': [{ address: '203.0.113.10', family: 4 }],
  'rebound.example': [
    { address: '203.0.113.11', family: 4 },
    { address: '169.254.169.254', family: 4 },
  ],
  'mapped.example': [{ address: '::ffff:10.0.0.1', family: 6 }],
  'corp.example': [{ address: '10.1.2.3', family: 4 }],
};
const resolve: ResolveAll = async (host) => {
  const found = NAMES[host];
  if (found === undefined) throw Object.assign(new Error('no'), { code: 'ENOTFOUND' });
  return found;
};

async function look(first: string, host: string, options: object = { all: true }): Promise<unknown> {
  return new Promise((done, failed) => {
    guardedLookup(first, resolve)(host, options, (error, address) => (error === null ? done(address) : failed(error)));
  });
}

describe('the look-up behind a redirect', () => {
  it('hands on public addresses, all of them or the one that fits', async () => {
    expect(await look('public.example', 'files.example')).toEqual(NAMES['files.example']);
    expect(await look('files.example', 'public.example', { family: 6 })).toBe('2001:db8::9');
    expect(await look('files.example', 'public.example', {})).toBe('203.0.113.9');
  });
  it.each(['rebound.example', 'mapped.example', 'corp.example'])('refuses %s from a public place', async (host) => {
    await expect(look('public.example', host)).rejects.toMatchObject({ code: 'REDIRECT_REFUSED', where: host });
  });
  it('lets a place inside the own network lead to another inside', async () => {
    expect(await look('corp.example', 'mapped.example')).toEqual(NAMES['mapped.example']);
  });
  it('says when a name has no address', async () => {
    await expect(look('public.example', 'nowhere.example')).rejects.toMatchObject({ code: 'ENOTFOUND' });
    await expect(look('public.example', 'files.example', { family: 6 })).rejects.toMatchObject({ code: 'ENOTFOUND' });
  });
});
