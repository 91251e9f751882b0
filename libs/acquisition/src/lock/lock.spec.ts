import { describe, expect, it } from '@jest/globals';
import type { LockEntry } from '@cliparity/model';
import fc from 'fast-check';
import { emptyLock, findEntry, lockedVersions, mergeEntry, readLock, writeLock } from './lock-file.js';
import { checkLocator, parseNpmLocator } from './locator.js';
import { mergeProviders, withProvider, withRecordedProvider } from './providers.js';
import { readAnyLock } from './older-lock.js';
import { platformWords } from './platform-words.js';

const DIGEST = 'a'.repeat(64);
const entry = (more: Partial<LockEntry> = {}): LockEntry => ({
  semantic_version: '1.2.3',
  target_triple: 'x86_64-unknown-linux-musl',
  kind: 'file',
  locator: 'npm:@o/tool@1.2.3-linux-x64',
  asset_name: 'tool-1.2.3-linux-x64.tgz',
  sha256: DIGEST,
  size_bytes: 1,
  format: 'tar.gz',
  binary_sha256: DIGEST,
  binary_size_bytes: 1,
  ...more,
});

describe('lock file', () => {
  it('keeps its order and its bytes, whatever came first', () => {
    const versions = fc.uniqueArray(fc.constantFrom('0.9.0', '0.10.0', '1.0.0-rc.1', '1.0.0', '1.0.0+b'), {
      minLength: 1,
    });
    fc.assert(
      fc.property(versions, fc.shuffledSubarray(['b', 'a', 'B'], { minLength: 1 }), (some, targets) => {
        const entries = some.flatMap((v) => targets.map((t) => entry({ semantic_version: v, target_triple: t })));
        const forth = entries.reduce((lock, one) => mergeEntry(lock, one), emptyLock('tool'));
        const back = [...entries].reverse().reduce((lock, one) => mergeEntry(lock, one), emptyLock('tool'));
        expect(writeLock(forth)).toBe(writeLock(back));
        expect(writeLock(readLock(writeLock(forth), 'x'))).toBe(writeLock(forth));
      }),
    );
  });
  it('sorts by semver and not by letters', () => {
    const all = ['0.10.0', '0.9.0', '1.0.0', '1.0.0-rc.1'].map((v) => entry({ semantic_version: v }));
    expect(lockedVersions(all.reduce((lock, one) => mergeEntry(lock, one), emptyLock('x')))).toEqual([
      '0.9.0',
      '0.10.0',
      '1.0.0-rc.1',
      '1.0.0',
    ]);
  });
  it('does not exchange a published binary unless told to, and keeps the first date', () => {
    const lock = mergeEntry(
      emptyLock('x'),
      entry({ published_at: '2026-01-01T00:00:00Z', published_at_source: 'npm' }),
    );
    const other = entry({
      binary_sha256: 'b'.repeat(64),
      published_at: '2027-01-01T00:00:00Z',
      published_at_source: 'y',
    });
    expect(() => mergeEntry(lock, other)).toThrow(expect.objectContaining({ code: 'LOCK_ENTRY_CHANGED', exitCode: 1 }));
    const { artifacts } = mergeEntry(lock, other, { replace: true });
    expect(artifacts).toMatchObject([{ binary_sha256: 'b'.repeat(64), published_at: '2026-01-01T00:00:00Z' }]);
  });
  it('names the place of what is wrong', () => {
    const bad = { version: 2, tool: 'x', artifacts: [{ ...entry(), sha256: 'short' }] };
    const code = 'LOCK_INVALID';
    const at = expect.stringContaining('/artifacts/0/sha256');
    expect(() => readLock(JSON.stringify(bad), 'l.json')).toThrow(expect.objectContaining({ code, message: at }));
    const extra = { version: 2, tool: 'x', artifacts: [], more: 1 };
    const named = expect.stringContaining('"more"');
    expect(() => readLock(JSON.stringify(extra), 'l.json')).toThrow(expect.objectContaining({ code, message: named }));
    expect(() => readLock('{', 'l.json')).toThrow(expect.objectContaining({ code, where: 'l.json' }));
  });
  it('names the nearest version and target', () => {
    const lock = mergeEntry(emptyLock('tool'), entry());
    expect(findEntry(lock, '1.2.3', 'x86_64-unknown-linux-musl')).toEqual(entry());
    expect(() => findEntry(lock, '1.2.4', 'x')).toThrow(
      expect.objectContaining({
        code: 'LOCK_VERSION_UNKNOWN',
        exitCode: 2,
        message: expect.stringContaining('"1.2.3"'),
      }),
    );
    expect(() => findEntry(lock, '1.2.3', 'x86_64-unknown-linux-gnu')).toThrow(
      expect.objectContaining({ code: 'LOCK_TARGET_UNKNOWN', message: expect.stringContaining('Did you mean') }),
    );
    expect(() => findEntry(emptyLock('x'), '1.0.0', 'y')).toThrow(
      expect.objectContaining({ code: 'LOCK_VERSION_UNKNOWN' }),
    );
  });
});

describe('locators', () => {
  it.each<[string, Partial<LockEntry>]>([
    ['its own platform version', {}],
    ['one package for all', { locator: 'npm:tool@1.2.3', asset_name: 'tool-1.2.3.tgz' }],
    ['a URL with both', { locator: 'https://e.example/rust-v1.2.3/tool-x86_64-unknown-linux-musl.tar.gz' }],
    ['a URL with an encoded name', { locator: 'https://e.example/rust%2Dv1.2.3/tool' }],
    ['Windows', { target_triple: 'x86_64-pc-windows-msvc', locator: 'npm:t@1.2.3-win32-x64', asset_name: 't.exe' }],
    ['a file of the user’s own', { locator: 'file:build/tool', asset_name: 'tool' }],
  ])('of %s fit', (_, more) => expect(checkLocator(entry(more))).toEqual([]));
  it.each<[string, Partial<LockEntry>]>([
    ['an older version', { locator: 'npm:tool@1.2.2' }],
    ['a longer version', { locator: 'https://e.example/1.2.30/tool' }],
    ['a version that ends like it', { locator: 'https://e.example/11.2.3/tool' }],
    ['a pre-release of it', { locator: 'npm:tool@1.2.3-alpha.1' }],
    ['another system', { locator: 'npm:tool@1.2.3-darwin-x64' }],
    ['another processor', { locator: 'npm:tool@1.2.3-linux-arm64' }],
    ['a name for another system', { asset_name: 'tool-aarch64-apple-darwin.tar.gz' }],
    ['nothing readable', { locator: 'npm:tool' }],
    ['a second provider of another version', { providers: [{ ...entry(), locator: 'npm:tool@9.9.9' }] }],
  ])('of %s do not', (_, more) => expect(checkLocator(entry(more))).toHaveLength(1));
  it('of npm are taken apart', () => {
    expect(parseNpmLocator('npm:@o/t@1.0.0-linux-x64')).toEqual({ name: '@o/t', version: '1.0.0-linux-x64' });
    expect(parseNpmLocator('npm:t@1.0.0')).toEqual({ name: 't', version: '1.0.0' });
    expect(parseNpmLocator('https://t@1.0.0')).toBeUndefined();
  });
  it('platform words are whole words', () => {
    expect(platformWords('x86_64-apple-darwin')).toEqual({ os: 'macos', arch: 'x64' });
    expect(platformWords('aarch64-pc-windows-msvc')).toEqual({ os: 'windows', arch: 'arm64' });
    expect(platformWords('i686-unknown-linux-gnu')).toEqual({ os: 'linux', arch: 'x86', libc: 'gnu' });
    expect(platformWords('charming-window')).toEqual({});
  });
});

describe('a second provider', () => {
  const mirror = entry({
    locator: 'https://e.example/1.2.3/tool',
    asset_name: 'tool',
    format: 'bare',
    sha256: 'c'.repeat(64),
  });
  it('is listed once, after the first', () => {
    const both = withProvider(withProvider(entry(), mirror), mirror);
    expect(both).toMatchObject({ locator: entry().locator, providers: [{ locator: mirror.locator, format: 'bare' }] });
    expect(both.providers).toHaveLength(1);
    expect(withProvider(entry(), entry())).toEqual(entry());
    expect(readLock(writeLock(mergeEntry(emptyLock('x'), both)), 'l').artifacts).toEqual([both]);
  });
  it('must ship the same binary', () => {
    const disagrees = expect.objectContaining({ code: 'PROVIDER_DISAGREES', exitCode: 1 });
    expect(() => withProvider(entry(), { ...mirror, binary_sha256: 'b'.repeat(64) })).toThrow(disagrees);
    expect(() => withProvider(entry(), { ...mirror, tree_sha256: 'b'.repeat(64) })).toThrow(disagrees);
  });
});

describe('what a disagreement says', () => {
  const other = entry({ locator: 'https://e.example/1.2.3/t', binary_sha256: 'b'.repeat(64), sha256: 'd'.repeat(64) });
  it('is both chains, from the place to the binary', () => {
    for (const part of [entry().locator, DIGEST, other.locator, other.sha256, other.binary_sha256]) {
      expect(() => withProvider(entry(), other)).toThrow(
        expect.objectContaining({ message: expect.stringContaining(part) }),
      );
    }
  });
});

describe('a provider that somebody recorded', () => {
  const recorded = {
    locator: 'https://e.example/v1.2.3/tool-x86_64-unknown-linux-musl.tar.gz',
    asset_name: 'tool-x86_64-unknown-linux-musl.tar.gz',
    sha256: 'c'.repeat(64),
    size_bytes: 9,
    format: 'tar.gz' as const,
  };
  it('is added, once', () => {
    const both = withRecordedProvider(withRecordedProvider(entry(), recorded), recorded);
    expect(both.providers).toEqual([recorded]);
  });
  it.each([
    ['of another version', { locator: 'https://e.example/v1.2.4/tool' }, 'LOCATOR_MISMATCH'],
    ['of another target', { asset_name: 'tool-darwin-arm64.tar.gz' }, 'LOCATOR_MISMATCH'],
    ['that is another bare binary', { format: 'bare' as const }, 'PROVIDER_DISAGREES'],
  ])('%s is refused', (_, more, code) => {
    expect(() => withRecordedProvider(entry(), { ...recorded, ...more })).toThrow(expect.objectContaining({ code }));
  });
});

describe('several sources', () => {
  it('make one entry per target', () => {
    const mirror = entry({ locator: 'https://e.example/1.2.3/tool' });
    const lone = entry({ target_triple: 'aarch64-apple-darwin', locator: 'https://e.example/1.2.3/mac' });
    const merged = mergeProviders([[entry()], [mirror, lone]]);
    expect(merged.map((one) => [one.locator, one.providers?.map(({ locator }) => locator)])).toEqual([
      [entry().locator, [mirror.locator]],
      [lone.locator, undefined],
    ]);
    const evil = { ...mirror, binary_sha256: 'b'.repeat(64) };
    expect(() => mergeProviders([[entry()], [evil]])).toThrow(expect.objectContaining({ code: 'PROVIDER_DISAGREES' }));
  });
});

describe('older locks', () => {
  const row = {
    target_triple: 'x',
    asset_name: 'a.tar.gz',
    download_url: 'https://e.example/1.0.0/a.tar.gz',
    sha256: DIGEST,
    size_bytes: 3,
  };
  const common = { target_triple: 'x', sha256: DIGEST, size_bytes: 3, semantic_version: '1.0.0' };
  const read = (value: object) => readAnyLock(JSON.stringify(value), 'l.json');
  it('of the first shape', () => {
    const lock = { version: 1, upstream_repo: 'o/t', artifacts: [{ codex_version: '1.0.0', ...row }] };
    expect(read(lock)).toEqual({
      version: 1,
      shape: 'codex',
      entries: [
        {
          ...common,
          asset_name: 'a.tar.gz',
          format: 'tar.gz',
          download_url: row.download_url,
          locator: row.download_url,
        },
      ],
    });
  });
  it('of the second shape, sorted', () => {
    const rows = ['1.10.0', '1.9.0'].map((v) => ({ claude_code_version: v, ...row }));
    const lock = read({ schema_version: 1, upstream: { channel: 'stable' }, artifacts: rows });
    expect(lock).toMatchObject({
      shape: 'claude_code',
      entries: [{ semantic_version: '1.9.0' }, { semantic_version: '1.10.0' }],
    });
  });
  it('of the third shape, with its pseudo URLs', () => {
    const npm = { semantic_version: '1.0.0', ...row, download_url: 'npm:t@1.0.0#darwin-arm64' };
    const named = { ...npm, target_triple: 'y', package_name: 't-y', package_version: '1.0.0' };
    const committed = { semantic_version: '1.0.0', ...row, target_triple: 'z', download_url: 'committed:s/z.json' };
    const lock = read({ schema_version: 1, inventory: {}, artifacts: [npm, named, committed] });
    expect(lock).toMatchObject({ shape: 'semantic' });
    expect(lock.entries.map((one) => one.locator)).toEqual(['npm:t@1.0.0', 'npm:t-y@1.0.0', undefined]);
  });
  it('and ours', () => {
    const lock = { version: 2, tool: 'tool', artifacts: [entry()] };
    expect(read(lock)).toEqual({ version: 2, tool: 'tool', entries: [entry()] });
  });
  it.each([
    {},
    [],
    null,
    5,
    { version: 1 },
    { version: 3, artifacts: [] },
    { version: 1, artifacts: [{}] },
    { version: 1, artifacts: [null] },
  ])('but not %j', (value) => {
    const invalid = expect.objectContaining({ code: 'LOCK_INVALID' });
    expect(() => readAnyLock(JSON.stringify(value), 'l.json')).toThrow(invalid);
  });
});
