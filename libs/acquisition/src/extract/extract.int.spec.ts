import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { digestOf, sha256, type ArchiveFormat } from '@cliparity/model';
import { buildTar, buildTgz, type TestMember } from '../testing/build-tar.js';
import { filesBelow, useTmpDirs } from '../testing/tmp-dir.js';
import { extractFile, extractTree, type ExtractRequest } from './extract.js';
import { DEFAULT_LIMITS } from './limits.js';

const tmpDir = useTmpDirs();

async function setUp(bytes: Uint8Array, format: ArchiveFormat, more: Partial<ExtractRequest> = {}) {
  const folder = await tmpDir();
  const path = join(folder, 'asset');
  await writeFile(path, bytes);
  const request: ExtractRequest = { path, format, what: 'npm:x@1.0.0', signal: new AbortController().signal, ...more };
  return { folder, request, file: join(folder, 'out'), tree: join(folder, 'tree') };
}

const GOOD: TestMember[] = [
  { name: 'package/', type: 'directory' },
  { name: 'package/package.json', text: '{}' },
  { name: 'package/bin/tool', text: 'run', mode: 0o755 },
  { name: './package/lib/a.so.1', text: 'lib', mode: 0o755 },
  { name: 'package/lib/a.so', type: 'symlink', linkname: 'a.so.1' },
  { name: 'package/lib/b.so', type: 'link', linkname: 'package/lib/a.so.1' },
];

describe('a file', () => {
  it.each([
    ['tar.gz', async () => buildTgz(GOOD)],
    ['tar', async () => buildTar(GOOD)],
  ] as const)('is the pinned member of a %s, and nothing else is written', async (format, build) => {
    const { request, file, folder } = await setUp(await build(), format);
    expect(await extractFile(request, file, 'package/bin/tool')).toEqual({
      sha256: sha256('run'),
      size: 3,
      member: 'package/bin/tool',
    });
    expect((await stat(file)).mode & 0o7777).toBe(0o555);
    expect(await filesBelow(folder)).toEqual(['asset', 'out']);
  });
  it('is the first regular file when none is pinned, and says which', async () => {
    const { request, file } = await setUp(await buildTgz(GOOD), 'tar.gz');
    expect(await extractFile(request, file)).toMatchObject({ member: 'package/package.json' });
  });
  it('is the asset itself when bare, and what is inside when gz', async () => {
    const bare = await setUp(Buffer.from('run'), 'bare');
    expect(await extractFile(bare.request, bare.file)).toEqual({ sha256: sha256('run'), size: 3 });
    const gz = await setUp(gzipSync('run'), 'gz');
    expect(await extractFile(gz.request, gz.file)).toEqual({ sha256: sha256('run'), size: 3 });
  });
  it('that is missing, a folder or a link is named with what is there', async () => {
    const { request, file } = await setUp(await buildTgz(GOOD), 'tar.gz');
    const code = 'ARCHIVE_MEMBER_MISSING';
    const message = expect.stringContaining('package/bin/tool');
    await expect(extractFile(request, file, 'package/nope')).rejects.toMatchObject({ code, message });
    const link = expect.stringContaining('pin that');
    await expect(extractFile(request, file, 'package/lib/a.so')).rejects.toMatchObject({ code, message: link });
  });
});

describe('a tree', () => {
  it('is everything below a folder, sorted, links as files', async () => {
    const { request, tree } = await setUp(await buildTgz(GOOD), 'tar.gz');
    const got = await extractTree(request, tree, { folder: 'package', entry: 'bin/tool' });
    const lib = { sha256: sha256('lib'), size: 3, mode: 0o755 };
    expect(got.members).toEqual([
      { path: 'bin/tool', sha256: sha256('run'), size: 3, mode: 0o755 },
      { path: 'lib/a.so', ...lib },
      { path: 'lib/a.so.1', ...lib },
      { path: 'lib/b.so', ...lib },
      { path: 'package.json', sha256: sha256('{}'), size: 2, mode: 0o644 },
    ]);
    expect(got.treeSha256).toBe(digestOf(got.members));
    expect(await filesBelow(tree)).toEqual(got.members.map((member) => member.path));
    expect((await stat(join(tree, 'package.json'))).mode & 0o7777).toBe(0o444);
    expect(await readFile(join(tree, 'lib/a.so'), 'utf8')).toBe('lib');
  });
  it('has a runnable entry even when the archive does not say so', async () => {
    const { request, tree } = await setUp(await buildTgz([{ name: 'tool.exe', text: 'run' }]), 'tar.gz');
    const got = await extractTree(request, tree, { folder: '', entry: 'tool.exe' });
    expect(got.members[0]?.mode).toBe(0o644);
    expect((await stat(join(tree, 'tool.exe'))).mode & 0o777).toBe(0o555);
  });
  it('without its entry is refused', async () => {
    const { request, tree } = await setUp(await buildTgz(GOOD), 'tar.gz');
    const got = extractTree(request, tree, { folder: 'package', entry: 'bin/other' });
    await expect(got).rejects.toMatchObject({ code: 'ARCHIVE_MEMBER_MISSING' });
  });
  it('holds a file with many names once, and its names count as what is unpacked', async () => {
    const names = Array.from(
      { length: 20 },
      (_, at) => ({ name: `a/l${at}`, type: 'link', linkname: 'a/tool' }) as const,
    );
    const bytes = await buildTgz([{ name: 'a/tool', text: 'x'.repeat(1000), mode: 0o755 }, ...names]);
    const { request, tree } = await setUp(bytes, 'tar.gz');
    const got = await extractTree(request, tree, { folder: 'a', entry: 'tool' });
    expect(got.members).toHaveLength(21);
    expect((await stat(join(tree, 'l7'))).ino).toBe((await stat(join(tree, 'tool'))).ino);
    const small = await setUp(bytes, 'tar.gz', { limits: { ...DEFAULT_LIMITS, totalBytes: 10_000 } });
    const refused = extractTree(small.request, small.tree, { folder: 'a', entry: 'tool' });
    await expect(refused).rejects.toMatchObject({ code: 'ARCHIVE_TOO_BIG' });
  });
  it('gives a name that is run the right to run, and no other', async () => {
    const members = [
      { name: 'a/text', text: '#!', mode: 0o644 },
      { name: 'a/run', type: 'symlink', linkname: 'text' },
    ] as const;
    const { request, tree } = await setUp(await buildTgz([...members]), 'tar.gz');
    await extractTree(request, tree, { folder: 'a', entry: 'run' });
    const modes = await Promise.all(['run', 'text'].map(async (name) => (await stat(join(tree, name))).mode & 0o777));
    expect(modes).toEqual([0o555, 0o444]);
  });
  it('is not in a bare file', async () => {
    const { request, tree } = await setUp(Buffer.from('x'), 'bare');
    const got = extractTree(request, tree, { folder: '', entry: 'x' });
    await expect(got).rejects.toMatchObject({ code: 'TREE_NEEDS_ARCHIVE', exitCode: 2 });
  });
});

const tool: TestMember = { name: 'a/tool', text: 'run' };
const HOSTILE: readonly (readonly [string, string, readonly TestMember[]])[] = [
  ['a way up', 'ARCHIVE_MEMBER_PATH', [{ name: '../evil', text: 'x' }]],
  ['a way up inside', 'ARCHIVE_MEMBER_PATH', [{ name: 'a/../../evil', text: 'x' }]],
  ['an absolute name', 'ARCHIVE_MEMBER_PATH', [{ name: '/etc/evil', text: 'x' }]],
  ['a drive', 'ARCHIVE_MEMBER_PATH', [{ name: 'C:evil', text: 'x' }]],
  ['a backslash', 'ARCHIVE_MEMBER_PATH', [{ name: 'a\\..\\evil', text: 'x' }]],
  ['a control character', 'ARCHIVE_MEMBER_PATH', [{ name: 'a/\u001b[2J', text: 'x' }]],
  ['a symlink out', 'ARCHIVE_LINK', [{ name: 'a/l', type: 'symlink', linkname: '../../x' }]],
  ['an absolute symlink', 'ARCHIVE_LINK', [{ name: 'a/l', type: 'symlink', linkname: '/etc/passwd' }]],
  ['a hard link out', 'ARCHIVE_LINK', [{ name: 'a/l', type: 'link', linkname: '../x' }]],
  [
    'a link out of the tree',
    'ARCHIVE_LINK',
    [
      { name: 'b', text: 'x' },
      { name: 'a/l', type: 'symlink', linkname: '../b' },
    ],
  ],
  ['a link to nowhere', 'ARCHIVE_LINK', [{ name: 'a/l', type: 'symlink', linkname: 'nope' }]],
  ['a link to itself', 'ARCHIVE_LINK', [{ name: 'a/l', type: 'symlink', linkname: 'l' }]],
  ['a character device', 'ARCHIVE_MEMBER_TYPE', [{ name: 'a/d', type: 'character-device' }]],
  ['a block device', 'ARCHIVE_MEMBER_TYPE', [{ name: 'a/d', type: 'block-device' }]],
  ['a fifo', 'ARCHIVE_MEMBER_TYPE', [{ name: 'a/d', type: 'fifo' }]],
  ['a setuid program', 'ARCHIVE_MEMBER_MODE', [{ name: 'a/d', text: 'x', mode: 0o4755 }]],
  ['a setgid program', 'ARCHIVE_MEMBER_MODE', [{ name: 'a/d', text: 'x', mode: 0o2755 }]],
  [
    'a name twice',
    'ARCHIVE_DUPLICATE',
    [
      { name: 'a/x', text: '1' },
      { name: './a//x', text: '2' },
    ],
  ],
  [
    'names that differ by case',
    'ARCHIVE_DUPLICATE',
    [
      { name: 'a/x', text: '1' },
      { name: 'a/X', text: '2' },
    ],
  ],
  [
    'folders that differ by case',
    'ARCHIVE_DUPLICATE',
    [
      { name: 'a/d/x', text: '1' },
      { name: 'a/D/y', text: '2' },
    ],
  ],
  [
    'Unicode twins',
    'ARCHIVE_DUPLICATE',
    [
      { name: 'a/\u00e9', text: '1' },
      { name: 'a/e\u0301', text: '2' },
    ],
  ],
  [
    'a file that is also a folder',
    'ARCHIVE_DUPLICATE',
    [
      { name: 'a/x', text: '1' },
      { name: 'a/x/y', text: '2' },
    ],
  ],
  [
    'a link that becomes a folder',
    'ARCHIVE_DUPLICATE',
    [
      { name: 'a/x', type: 'symlink', linkname: 'y' },
      { name: 'a/x/z', text: '2' },
    ],
  ],
];

describe('an archive with', () => {
  it.each(HOSTILE)('%s gives %s, and nothing outside its folder', async (_, code, members) => {
    const { request, tree, folder } = await setUp(await buildTgz([tool, ...members]), 'tar.gz');
    const got = extractTree(request, tree, { folder: 'a', entry: 'tool' });
    await expect(got).rejects.toMatchObject({ code, exitCode: 1, where: 'npm:x@1.0.0' });
    const outside = (await filesBelow(folder)).filter((path) => path !== 'asset' && !path.startsWith('tree/'));
    expect(outside).toEqual([]);
  });
  it('a bad member behind the wanted one is refused all the same', async () => {
    const { request, file } = await setUp(await buildTgz([tool, { name: '../evil', text: 'x' }]), 'tar.gz');
    await expect(extractFile(request, file, 'a/tool')).rejects.toMatchObject({ code: 'ARCHIVE_MEMBER_PATH' });
  });
  it.each([
    [{ members: 2 }, 'more than 2 members'],
    [{ memberBytes: 2 }, 'has 3 bytes'],
    [{ totalBytes: 7 }, 'more than 7 bytes'],
  ])('more than %j is refused', async (limit, message) => {
    const bytes = await buildTgz(['a', 'b', 'c'].map((name) => ({ name, text: 'xyz' })));
    const { request, file } = await setUp(bytes, 'tar.gz', { limits: { ...DEFAULT_LIMITS, ...limit } });
    const expected = { code: 'ARCHIVE_TOO_BIG', message: expect.stringContaining(message) };
    await expect(extractFile(request, file)).rejects.toMatchObject(expected);
  });
  it('a bomb inside a gz is refused', async () => {
    const limits = { ...DEFAULT_LIMITS, memberBytes: 1000 };
    const { request, file } = await setUp(gzipSync(Buffer.alloc(100_000)), 'gz', { limits });
    await expect(extractFile(request, file)).rejects.toMatchObject({ code: 'ARCHIVE_TOO_BIG' });
  });
  it.each([
    ['no gzip', 'header', async () => Buffer.from('<html>')],
    ['half a gzip', 'ends too early', async () => (await buildTgz(GOOD)).subarray(0, 90)],
    [
      'half a member',
      'ends too early',
      async () => gzipSync((await buildTar([{ name: 'a', text: 'x'.repeat(2000) }])).subarray(0, 1024)),
    ],
    ['no members', 'holds no members', async () => gzipSync(Buffer.alloc(1024))],
    ['noise', 'header', async () => gzipSync(Buffer.alloc(2048, 7))],
  ])('%s is broken, and says %s', async (_, words, build) => {
    const { request, file } = await setUp(await build(), 'tar.gz');
    const message = expect.stringContaining(words);
    await expect(extractFile(request, file)).rejects.toMatchObject({ code: 'ARCHIVE_BROKEN', message });
  });
  it('a truncated gz is broken too', async () => {
    const { request, file } = await setUp(gzipSync('x'.repeat(999)).subarray(0, 20), 'gz');
    await expect(extractFile(request, file)).rejects.toMatchObject({ code: 'ARCHIVE_BROKEN' });
  });
});
