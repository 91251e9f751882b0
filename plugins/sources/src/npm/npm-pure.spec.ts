import { Ajv } from 'ajv';
import { describe, expect, it } from '@jest/globals';
import { ANY, LINUX, WINDOWS } from '../test-support.js';
import { assetOf, planAsset } from './npm-assets.js';
import { npmProvenance } from './npm-provenance.js';
import { npmReleases } from './npm-releases.js';
import { onRegistry } from './registry.js';
import { npmSettingsSchema, type NpmSourceSettings } from './settings.js';

const settings: NpmSourceSettings = {
  package: '@openai/codex',
  layouts: [
    { fits: '<0.100.0', spec: '{version}', member: 'vendor/{target}/codex/{binary}{exe}' },
    { fits: '<0.160.0', spec: '{version}-{npm}', member: 'vendor/{target}/codex/{binary}{exe}' },
    { fits: '>=0.160.0', spec: '{version}-{npm}', kind: 'tree', member: 'vendor/{target}', entry: 'bin/{binary}{exe}' },
  ],
};

describe('layouts', () => {
  it('give what codex ships in three different ways', () => {
    expect(planAsset(settings, '0.92.0', WINDOWS)).toMatchObject({
      package: '@openai/codex',
      spec: '0.92.0',
      member: 'package/vendor/x86_64-pc-windows-msvc/codex/codex.exe',
    });
    expect(planAsset(settings, '0.125.0', LINUX)).toMatchObject({
      spec: '0.125.0-linux-x64',
      member: 'package/vendor/x86_64-unknown-linux-musl/codex/codex',
    });
    const tree = planAsset(settings, '0.169.0', WINDOWS);
    expect(tree && assetOf(tree, { dist: { tarball: 't', integrity: 'sha512-x' } })).toEqual({
      target: 'x86_64-pc-windows-msvc',
      locator: 'npm:@openai/codex@0.169.0-win32-x64',
      name: 'codex-0.169.0-win32-x64.tgz',
      digests: { integrity: 'sha512-x' },
      kind: 'tree',
      format: 'tar.gz',
      member: 'package/vendor/x86_64-pc-windows-msvc',
      entry: 'bin/codex.exe',
    });
  });
  it('fit pre-releases too', () => expect(planAsset(settings, '0.170.0-alpha.1', LINUX)?.layout.kind).toBe('tree'));
  it('give nothing for a target without an npm name, unless they need none', () => {
    expect(planAsset(settings, '0.125.0', ANY)).toBeUndefined();
    expect(planAsset(settings, '0.92.0', ANY)).toBeDefined();
  });
  it('may be for some targets only, and in packages of their own', () => {
    const layouts = [
      { fits: '*', spec: '{version}', member: 'a', targets: ['any'] },
      { fits: '*', package: '{package}-{npm}', spec: '{version}', member: 'bin/{binary}{exe}' },
    ];
    const other = { package: '@o/tool', layouts };
    expect(planAsset(other, '1.0.0', ANY)).toMatchObject({ package: '@o/tool', member: 'package/a' });
    expect(planAsset(other, '1.0.0', LINUX)).toMatchObject({
      package: '@o/tool-linux-x64',
      member: 'package/bin/tool',
    });
  });
  it('that do not fit give nothing', () => {
    expect(planAsset({ ...settings, layouts: settings.layouts.slice(0, 1) }, '1.0.0', LINUX)).toBeUndefined();
  });
});

describe('releases', () => {
  const version = (deprecated?: string) => ({
    dist: { tarball: 'x' },
    ...(deprecated !== undefined && { deprecated }),
  });
  it('are the versions, newest first, without platform versions', () => {
    const packument = {
      versions: {
        '0.9.0': version('broken'),
        '0.10.0': version(''),
        '0.10.0-linux-x64': version(),
        '0.11.0-alpha.1': version(),
        '0.11.0-alpha.1-win32-arm64': version(),
        nonsense: version(),
      },
      time: { '0.10.0': '2026-06-19T00:37:37.647000+00:00', '0.9.0': 'yesterday', gone: '2026-01-01T00:00:00Z' },
    };
    expect(npmReleases(packument)).toEqual([
      { version: '0.11.0-alpha.1', tag: '0.11.0-alpha.1', draft: false, prerelease: true, yanked: false },
      {
        version: '0.10.0',
        tag: '0.10.0',
        publishedAt: '2026-06-19T00:37:37.647Z',
        draft: false,
        prerelease: false,
        yanked: false,
      },
      { version: '0.9.0', tag: '0.9.0', draft: false, prerelease: false, yanked: true },
    ]);
  });
});

describe('onRegistry', () => {
  it.each([
    ['https://r.example/t/-/t-1.tgz', 'https://r.example/', 'https://r.example/t/-/t-1.tgz'],
    ['https://other.example/t/-/t-1.tgz', 'https://r.example/npm/', 'https://r.example/npm/t/-/t-1.tgz'],
    ['https://other.example/npm/t-1.tgz', 'https://r.example/npm/', 'https://r.example/npm/t-1.tgz'],
    ['http://r.example/t-1.tgz', 'https://r.example/', 'https://r.example/t-1.tgz'],
  ])('%s at %s is %s', (tarball, registry, url) => expect(onRegistry(tarball, registry)).toBe(url));
  it('has no address for nonsense', () => expect(onRegistry('https://[half', 'https://r.example/')).toBeUndefined());
});

const TREE = { package: 'x', layouts: [{ fits: '*', spec: '{version}', kind: 'tree', member: 'a' }] };

describe('settings', () => {
  const valid = new Ajv().compile(npmSettingsSchema);
  it('of codex are valid', () => expect(valid(settings)).toBe(true));
  it.each([{}, { package: 'x', layouts: [] }, { ...settings, other: 1 }, { ...settings, package: 'a b@c' }, TREE])(
    'like %j are not',
    (bad) => expect(valid(bad)).toBe(false),
  );
});

describe('who vouches for a version', () => {
  const said = (dist: object) => npmProvenance({ dist: { tarball: 't', ...dist } });
  it('is what the registry signed and where its attestations lie, without a host, in one order', () => {
    const attestations = {
      url: 'https://registry.example/-/npm/v1/attestations/tool@1.0.0',
      provenance: { predicateType: 'https://slsa.dev/provenance/v1' },
    };
    const signatures = [{ keyid: 'SHA256:b', sig: 'x' }, { keyid: 'SHA256:a', sig: 'y' }, { keyid: 'SHA256:b' }];
    expect(said({ signatures, attestations })).toEqual({
      signed_by: ['SHA256:a', 'SHA256:b'],
      attestations: [{ predicate_type: 'https://slsa.dev/provenance/v1', path: '/-/npm/v1/attestations/tool@1.0.0' }],
    });
  });
  it('is nobody when the document says nothing that can be read', () => {
    for (const odd of [undefined, null, 7, 'x', [], [null], [{}], { provenance: 1 }, { provenance: {} }]) {
      expect(said({ signatures: odd, attestations: odd })).toBeUndefined();
    }
  });
});
