import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from '@jest/globals';
import { ANY, LINUX, WINDOWS } from '../test-support.js';
import { nextPage, readRelease } from './answers.js';
import { planAsset } from './github-assets.js';
import { releaseOf } from './github-releases.js';
import { downloadUrl, placesOf, readDownloadUrl } from './places.js';
import { githubReleasesSettingsSchema, type GithubSettings } from './settings.js';
import { tagOf, versionOfTag } from './tags.js';
import { maskToken } from './token.js';
import { releaseAnswer } from './testing/sample-release.js';

const settings: GithubSettings = {
  repository: 'openai/codex',
  tag: 'rust-v{version}',
  assets: [
    { name: 'codex-{target}.exe', targets: [WINDOWS.id] },
    { name: 'codex-{npm}.tar.gz', fits: '<0.10.0' },
    { name: 'codex-{target}.tar.gz', member: 'codex-{target}{exe}' },
  ],
};

describe('tags', () => {
  it.each([
    ['rust-v0.125.0', '0.125.0'],
    ['rust-v0.125.0-alpha.1', undefined],
    ['rust-v0.125', undefined],
    ['rust-v0.125.00', undefined],
    ['rust-v', undefined],
    ['v0.125.0', undefined],
    ['0.125.0', undefined],
    ['xrust-v0.125.0', undefined],
    ['rust-v0.125.0x', undefined],
    ['rust-v0.125.0 ', undefined],
  ])('%s is of version %s', (tag, version) => expect(versionOfTag(settings, tag)).toBe(version));
  it('may have suffixes when the settings say so', () => {
    expect(versionOfTag({ ...settings, versions: 'all' }, 'rust-v1.0.0-rc.1')).toBe('1.0.0-rc.1');
    expect(versionOfTag({ ...settings, versions: 'all' }, 'rust-vlatest')).toBeUndefined();
  });
  it('lead back to their version, whatever the pattern', () => {
    const parts = fc.tuple(fc.string(), fc.string(), fc.tuple(fc.nat(), fc.nat(), fc.nat()));
    fc.assert(
      fc.property(parts, ([before, after, numbers]) => {
        const one = { ...settings, tag: `${before}{version}${after}` };
        fc.pre(one.tag.split('{version}').length === 2);
        const version = numbers.join('.');
        expect(versionOfTag(one, tagOf(one, version))).toBe(version);
      }),
    );
  });
});

describe('assets', () => {
  it('are called by the first layout that fits', () => {
    expect(planAsset(settings, '0.125.0', LINUX)).toMatchObject({
      name: 'codex-x86_64-unknown-linux-musl.tar.gz',
      member: 'codex-x86_64-unknown-linux-musl',
    });
    expect(planAsset(settings, '0.125.0', WINDOWS)?.name).toBe('codex-x86_64-pc-windows-msvc.exe');
    expect(planAsset(settings, '0.9.0', LINUX)?.name).toBe('codex-linux-x64.tar.gz');
    expect(planAsset(settings, '0.9.0', ANY)).toBeUndefined();
  });
});

describe('places', () => {
  it('are public, or of the Enterprise server', () => {
    expect(placesOf(settings)).toMatchObject({
      api: 'https://api.github.com/repos/openai/codex',
      downloads: 'https://github.com/openai/codex/releases/download',
    });
    expect(placesOf({ ...settings, api_url: 'https://ghe.example/api/v3/' })).toMatchObject({
      api: 'https://ghe.example/api/v3/repos/openai/codex',
      downloads: 'https://ghe.example/openai/codex/releases/download',
    });
  });
  it('read the addresses they write, whatever tag and name', () => {
    const places = placesOf(settings);
    const text = fc.string({ minLength: 1 });
    fc.assert(
      fc.property(text, text, (tag, name) => {
        expect(readDownloadUrl(places, downloadUrl(places, tag, name))).toEqual({ tag, name });
      }),
    );
  });
  it.each([
    'https://github.com/openai/codex-other/releases/download/t/n',
    'https://github.com/openai/codex/releases/download/t',
    'https://github.com/openai/codex/releases/download/t/n?x=1',
    'https://github.com/openai/codex/releases/download/%zz/n',
    'npm:x@1.0.0',
  ])('do not take %s for theirs', (url) => expect(readDownloadUrl(placesOf(settings), url)).toBeUndefined());
});

describe('answers', () => {
  it('become releases, drafts and pre-releases marked', () => {
    expect(releaseOf(settings, releaseAnswer('rust-v1.0.0'))).toEqual({
      version: '1.0.0',
      tag: 'rust-v1.0.0',
      publishedAt: '2026-01-02T00:00:00.000Z',
      draft: false,
      prerelease: false,
      yanked: false,
    });
    const draft = releaseOf(settings, releaseAnswer('rust-v1.0.0', { draft: true, published_at: null }));
    expect(draft).toEqual({ version: '1.0.0', tag: 'rust-v1.0.0', draft: true, prerelease: false, yanked: false });
    expect(releaseOf(settings, releaseAnswer('rust-v1.0.0', { prerelease: true }))?.prerelease).toBe(true);
    expect(releaseOf(settings, releaseAnswer('website-3'))).toBeUndefined();
  });
  it('that are something else are none', () => {
    fc.assert(fc.property(fc.anything(), (value) => void readRelease(value)));
    for (const bad of [null, [], {}, { assets: [] }, { ...releaseAnswer('t'), assets: [{}] }]) {
      expect(readRelease(bad)).toBeUndefined();
    }
  });
  it('say where the next page is', () => {
    const link = '<https://a.example/x?page=1>; rel="prev", <https://a.example/x?page=3>; rel="next"';
    expect(nextPage(link)).toBe('https://a.example/x?page=3');
    expect(nextPage('<https://a.example/x?page=9>; rel="last"')).toBeUndefined();
    expect(nextPage(undefined)).toBeUndefined();
  });
});

describe('a token', () => {
  it.each([
    ['ghp_abcdef', 'ghp_***'],
    ['github_pat_abc', 'github_pat_***'],
    ['topsecret', '***'],
  ])('%s is shown as %s', (value, shown) => expect(maskToken(value)).toBe(shown));
});

describe('settings', () => {
  const valid = new Ajv().compile(githubReleasesSettingsSchema);
  it('of codex are valid', () => expect(valid(settings)).toBe(true));
  it.each([
    {},
    { repository: 'codex', assets: [{ name: 'x' }] },
    { repository: 'a/b', assets: [] },
    { repository: 'a/b', assets: [{ name: 'x', kind: 'tree' }] },
    { repository: 'a/b', assets: [{ name: 'x' }], tag: 'v1' },
    { repository: 'a/b', assets: [{ name: 'x' }], api_url: 'ftp://x' },
    { repository: 'a/b', assets: [{ name: 'x' }], more: 1 },
  ])('like %j are not', (bad) => expect(valid(bad)).toBe(false));
});
