import { describe, expect, it } from '@jest/globals';
import type { Crawl } from '@cliparity/model';
import { CRAWL_DEFAULTS, crawlSettingsDigest, enableArgv, helpArgv, normalizeCrawl } from './crawl-settings.js';

const digest = (crawl?: Crawl): string => crawlSettingsDigest(normalizeCrawl(crawl));

describe('normalizeCrawl', () => {
  it('fills in what is not said', () => {
    expect(normalizeCrawl()).toEqual(CRAWL_DEFAULTS);
    expect(normalizeCrawl({ help: { root: ['-h'] } }).help).toEqual({ root: ['-h'], command: ['{path}', '--help'] });
  });

  it('has one digest for one meaning', () => {
    expect(digest({ help: { command: ['{path}', '--help'] }, timeout_ms: 10_000 })).toBe(digest());
    expect(digest({ skip: [['b'], ['a', 'b'], ['b']] })).toBe(digest({ skip: [['a', 'b'], ['b']] }));
  });

  it.each<Crawl>([
    { help: { root: ['-h'] } },
    { help: { command: ['help', '{path}'] } },
    { stream: 'both' },
    { accept_nonzero: true },
    { timeout_ms: 1 },
    { max_output_bytes: 1 },
    { max_depth: 1 },
    { max_pages: 1 },
    { columns: 80 },
    { env: { A: '1' } },
    { skip: [['a']] },
    { version_argv: ['version'] },
    { features: { argv: ['features'], enable: [] } },
  ])('has another digest for %j', (crawl) => {
    expect(digest(crawl)).not.toBe(digest());
  });

  it.each<[Crawl, string]>([
    [{ env: { HOME: '/x' } }, 'CRAWL_ENV_RESERVED'],
    [{ env: { https_proxy: 'x' } }, 'CRAWL_ENV_RESERVED'],
    [{ env: { 'A=B': 'x' } }, 'CRAWL_ENV_INVALID'],
    [{ env: { A: 'x\0y' } }, 'CRAWL_ENV_INVALID'],
    [{ help: { command: ['help'] } }, 'CRAWL_HELP_FORM'],
  ])('refuses %j', (crawl, code) => {
    expect(() => normalizeCrawl(crawl)).toThrow(expect.objectContaining({ code, exitCode: 2 }));
  });
});

describe('argv', () => {
  it('puts the path where the form says', () => {
    const settings = normalizeCrawl({ help: { command: ['help', '{path}', '-v'] } });
    expect(helpArgv(settings, [])).toEqual(['--help']);
    expect(helpArgv(settings, ['a', 'b'])).toEqual(['help', 'a', 'b', '-v']);
  });
  it('enables features by name, whatever the name', () => {
    expect(enableArgv(['--enable', '{name}'], ['a', '$&'])).toEqual(['--enable', 'a', '--enable', '$&']);
    expect(enableArgv(['-c', 'features.{name}=true'], ['a'])).toEqual(['-c', 'features.a=true']);
  });
});
