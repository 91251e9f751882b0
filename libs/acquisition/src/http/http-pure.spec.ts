import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isLoopbackHost, isPrivateHost } from './address.js';
import { checkFirstUrl, checkRedirect } from './check-url.js';
import { networkError, statusError } from './http-errors.js';
import { maskUrl } from './mask-url.js';
import { proxyUrl } from './proxy-url.js';
import { backOffMs, isCurable, isRetryableError, retryAfterMs, wantedPauseMs } from './retry.js';

const redirect = (from: string, location: string, redirectHosts: string[] = []): string => {
  const first = new URL(from);
  return checkRedirect({ first, from: first, location, redirectHosts }).href;
};

describe('addresses', () => {
  it.each(['localhost', 'a.localhost', '127.0.0.1', '127.9.9.9', '[::1]', '::1'])('%s is loopback', (host) => {
    expect(isLoopbackHost(host)).toBe(true);
  });
  it.each([
    '10.1.2.3',
    '172.31.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '[fd00::1]',
    '[fe80::1]',
    '0.0.0.0',
  ])('%s is private', (host) => {
    expect(isPrivateHost(host)).toBe(true);
    expect(isLoopbackHost(host)).toBe(false);
  });
  it('sees through IPv4 addresses dressed as IPv6', () => {
    expect(isPrivateHost('[::ffff:10.0.0.1]')).toBe(true);
  });
  it.each(['example.org', '8.8.8.8', '172.32.0.1', '[2001:db8::1]', 'localhost.example.org'])(
    '%s is neither',
    (host) => {
      expect(isPrivateHost(host)).toBe(false);
    },
  );
});

describe('first URL', () => {
  it('may be https anywhere and http on this machine', () => {
    expect(checkFirstUrl('https://example.org/a').href).toBe('https://example.org/a');
    expect(checkFirstUrl('http://127.0.0.1:1/a').port).toBe('1');
  });
  it('may be nothing else', () => {
    expect(() => checkFirstUrl('http://example.org/')).toThrow(expect.objectContaining({ code: 'URL_NOT_HTTPS' }));
    expect(() => checkFirstUrl('ftp://example.org/')).toThrow(expect.objectContaining({ code: 'URL_NOT_HTTPS' }));
    expect(() => checkFirstUrl('nonsense')).toThrow(expect.objectContaining({ code: 'URL_INVALID' }));
  });
});

describe('redirects', () => {
  it('follow within the host, relative ones too', () => {
    expect(redirect('https://a.example/x/y', '../z')).toBe('https://a.example/z');
  });
  it('follow to a listed host or a listed domain', () => {
    expect(redirect('https://a.example/', 'https://b.example/', ['b.example'])).toBe('https://b.example/');
    expect(redirect('https://a.example/', 'https://x.cdn.example/', ['*.cdn.example'])).toBe('https://x.cdn.example/');
  });
  it.each([
    ['https://a.example/', 'http://a.example/', []],
    ['https://a.example/', 'https://b.example/', []],
    ['https://a.example/', 'https://cdn.example/', ['*.cdn.example']],
    ['https://a.example/', 'https://evilcdn.example/', ['*.cdn.example']],
    ['https://a.example/', 'https://10.0.0.1/', ['10.0.0.1']],
    ['https://a.example/', 'http://127.0.0.1/', ['127.0.0.1']],
    ['https://a.example/', 'file:///etc/passwd', []],
    ['https://a.example/', 'https://[half', []],
  ])('from %s to %s with %j are refused', (from, to, hosts) => {
    expect(() => redirect(from, to, hosts)).toThrow(expect.objectContaining({ code: 'REDIRECT_REFUSED' }));
  });
  it.each([
    ['https://b.example/', 'add it to redirect_hosts'],
    ['http://b.example/', 'no setting allows'],
    ['https://10.0.0.1/', 'your own mirror'],
  ])('to %s are answered with what helps there: %s', (to, words) => {
    const remedy = expect.stringContaining(words);
    expect(() => redirect('https://a.example/', to)).toThrow(expect.objectContaining({ remedy }));
  });
});

describe('a proxy', () => {
  it('may be written without its scheme, as other programs take it', () => {
    expect(proxyUrl('proxy.example:3128')).toBe('http://proxy.example:3128');
    expect(proxyUrl('user:pw@proxy.example:3128')).toBe('http://user:pw@proxy.example:3128');
    expect(proxyUrl('https://proxy.example')).toBe('https://proxy.example');
  });
  it.each(['htp://proxy.example', 'http://user:secret@proxy.example:port', ':3128'])('%s is none', (text) => {
    expect(() => proxyUrl(text)).toThrow(expect.objectContaining({ code: 'PROXY_INVALID', exitCode: 2 }));
    expect(() => proxyUrl(text)).not.toThrow('secret');
  });
  it('that refuses is named with its status', () => {
    const thrown = Object.assign(new Error('Proxy response (407) !== 200 when HTTP Tunneling'), {
      code: 'UND_ERR_ABORTED',
    });
    const error = networkError(thrown, 'https://a.example/', new AbortController().signal);
    expect(error).toMatchObject({
      code: 'NETWORK',
      message: expect.stringContaining('the proxy answered with status 407'),
    });
  });
});

const bad = (status: number, url = 'https://a.example/') => statusError({ url, status, headers: {} });

describe('a limit', () => {
  const now = new Date('2026-01-01T00:00:00Z');
  const used = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(now.getTime() / 1000 + 30) };
  it.each([
    [403, used, 30_000],
    [429, used, 30_000],
    [404, used, undefined],
    [403, { ...used, 'x-ratelimit-remaining': '12' }, undefined],
    [403, { ...used, 'x-ratelimit-reset': 'soon' }, undefined],
    [403, { ...used, 'retry-after': '5' }, 5000],
    [403, {}, undefined],
  ])('of %i with %j lasts %s ms', (status, headers, ms) => expect(wantedPauseMs(status, headers, now)).toBe(ms));
  it('makes a 403 worth another try when it is short', () => {
    expect(isCurable(403, 30_000)).toBe(true);
    expect(isCurable(403, 3_000_000)).toBe(false);
    expect(isCurable(403, undefined)).toBe(false);
  });
});

describe('retry', () => {
  it('doubles its pauses up to half a minute', () => {
    expect([0, 1, 2, 3, 10].map(backOffMs)).toEqual([500, 1000, 2000, 4000, 30_000]);
  });
  it('reads Retry-After in seconds and as a date', () => {
    const now = new Date('2026-01-01T00:00:00Z');
    expect(retryAfterMs('7', now)).toBe(7000);
    expect(retryAfterMs('Thu, 01 Jan 2026 00:00:09 GMT', now)).toBe(9000);
    expect(retryAfterMs('Wed, 31 Dec 2025 00:00:00 GMT', now)).toBe(0);
    expect(retryAfterMs('soon', now)).toBeUndefined();
    expect(retryAfterMs(undefined, now)).toBeUndefined();
  });
  it.each([400, 401, 403, 404, 410])('leaves status %i alone', (status) =>
    expect(isCurable(status, undefined)).toBe(false),
  );
  it.each([429, 500, 502, 503, 504])('tries again on status %i', (status) =>
    expect(isCurable(status, undefined)).toBe(true),
  );
  it('looks into causes', () => {
    const reset = Object.assign(new Error('x'), { code: 'ECONNRESET' });
    expect(isRetryableError(new Error('outer', { cause: reset }))).toBe(true);
    expect(isRetryableError(Object.assign(new Error('x'), { code: 'ENOTFOUND' }))).toBe(false);
  });
});

describe('messages', () => {
  it('mask credentials and queries', () => {
    expect(maskUrl('https://me:pw@a.example/x?token=1#y')).toBe('https://***@a.example/x?…');
    expect(maskUrl('npm:a@1')).not.toContain('***');
  });
  it('never print a password, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 8 }), (password) => {
        const secret = `S${encodeURIComponent(password)}S`;
        const error = bad(404, `https://user:${secret}@a.example/p?q=${secret}`);
        return !error.message.includes(secret) && !(error.where ?? '').includes(secret);
      }),
    );
  });
  it('say something different to do per status', () => {
    const remedies = [401, 403, 404, 429, 500].map((status) => bad(status).remedy);
    expect(new Set(remedies).size).toBe(5);
    expect(statusError({ url: 'https://a.example/', status: 429, headers: {} }, 90_000).remedy).toContain('90 seconds');
  });
});
