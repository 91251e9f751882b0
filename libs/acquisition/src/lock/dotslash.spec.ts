import { describe, expect, it } from '@jest/globals';
import type { LockEntry } from '@cliparity/model';
import { locatorUrl, lockToDotslash } from './dotslash.js';

const [A, B] = ['a'.repeat(64), 'b'.repeat(64)];
const entry = (target: string, more: Partial<LockEntry> = {}): LockEntry => ({
  semantic_version: '1.2.3',
  target_triple: target,
  kind: 'file',
  locator: 'npm:@o/tool@1.2.3-x',
  asset_name: 'tool.tgz',
  sha256: A,
  size_bytes: 5,
  format: 'tar.gz',
  member: 'package/bin/tool',
  binary_sha256: B,
  binary_size_bytes: 9,
  ...more,
});
const direct = {
  locator: 'https://e.example/1.2.3/t',
  asset_name: 't',
  sha256: B,
  size_bytes: 9,
  format: 'bare' as const,
};
const options = { name: 'tool', urlOf: (locator: string) => locatorUrl(locator, () => 'https://r.example') };
const read = (text: string) => JSON.parse(text.replace(/^#!.*\n/, '')) as { platforms: Record<string, object> };

describe('a DotSlash file', () => {
  it('says where each platform’s binary is and what it must be', () => {
    const tree = entry('x86_64-pc-windows-msvc', { kind: 'tree', member: 'package/vendor', entry: 'bin/tool.exe' });
    const { text, left } = lockToDotslash(
      [entry('aarch64-apple-darwin'), entry('x86_64-unknown-linux-musl'), tree],
      options,
    );
    expect(text.startsWith('#!/usr/bin/env dotslash\n\n{')).toBe(true);
    expect(left).toEqual([]);
    const common = { size: 5, hash: 'sha256', digest: A, format: 'tar.gz' };
    const providers = [{ url: 'https://r.example/@o/tool/-/tool-1.2.3-x.tgz' }];
    expect(read(text)).toEqual({
      name: 'tool',
      platforms: {
        'macos-aarch64': { ...common, path: 'package/bin/tool', providers },
        'linux-x86_64': { ...common, path: 'package/bin/tool', providers },
        'windows-x86_64': { ...common, path: 'package/vendor/bin/tool.exe', providers },
      },
    });
  });
  it('takes the providers of one asset, and the first asset that can be had', () => {
    const twin = { ...direct, locator: 'https://m.example/1.2.3/t' };
    const local = entry('linux-x64', { locator: 'file:x', providers: [direct, twin] });
    expect(read(lockToDotslash([local], options).text).platforms['linux-x86_64']).toEqual({
      size: 9,
      hash: 'sha256',
      digest: B,
      path: 't',
      providers: [{ url: direct.locator }, { url: twin.locator }],
    });
  });
  it('names what it cannot say', () => {
    const { locator, asset_name, sha256, size_bytes, format } = entry('any');
    const unpinned = { locator, asset_name, sha256, size_bytes, format };
    const bare = { ...direct, locator: 'file:x' };
    const list = [
      entry('linux-x64'),
      entry('x86_64-unknown-linux-gnu'),
      entry('any'),
      { ...entry('aarch64-unknown-linux-musl', { locator: 'file:y' }), providers: [unpinned, bare] },
    ];
    const { left } = lockToDotslash(list, options);
    expect(left.map(({ target }) => target)).toEqual(['x86_64-unknown-linux-gnu', 'any', 'aarch64-unknown-linux-musl']);
    expect(() => lockToDotslash([entry('any')], options)).toThrow(expect.objectContaining({ code: 'DOTSLASH_EMPTY' }));
  });
});

describe('the address of a locator', () => {
  it.each([
    ['https://a.example/x', 'https://a.example/x'],
    ['npm:t@1.0.0', 'https://r.example/t/-/t-1.0.0.tgz'],
    ['npm:@o/t@1.0.0', 'https://r.example/@o/t/-/t-1.0.0.tgz'],
    ['file:x', undefined],
    ['http://127.0.0.1/x', undefined],
  ])('%s is %s', (locator, url) => expect(locatorUrl(locator, () => 'https://r.example/')).toBe(url));
});
