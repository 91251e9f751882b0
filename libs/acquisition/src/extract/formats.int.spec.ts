import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { sha256, type ArchiveFormat } from '@cliparity/model';
import { buildTar } from '../testing/build-tar.js';
import { buildXz } from '../testing/build-xz.js';
import { buildZip, type ZipMember } from '../testing/build-zip.js';
import { buildZstd, zstdZeros } from '../testing/build-zstd.js';
import { PACKED_XZ, PACKED_ZSTD } from '../testing/packed-samples.js';
import { filesBelow, useTmpDirs } from '../testing/tmp-dir.js';
import { zstdWindow } from './decompress-zstd.js';
import { extractFile, extractTree, type ExtractRequest } from './extract.js';
import { DEFAULT_LIMITS } from './limits.js';

const tmpDir = useTmpDirs();

async function setUp(bytes: Uint8Array, format: ArchiveFormat) {
  const folder = await tmpDir();
  const path = join(folder, 'asset');
  await writeFile(path, bytes);
  const request: ExtractRequest = { path, format, what: 'asset x', signal: new AbortController().signal };
  return { folder, request, file: join(folder, 'out'), tree: join(folder, 'tree') };
}

const NAMES = [
  { name: 'package/', type: 'directory' as const, mode: 0o040755 },
  { name: 'package/a.txt', text: 'text' },
  { name: 'package/bin/tool', text: 'run' },
];
const zip = (): Buffer =>
  buildZip([...NAMES.map(({ type: _, ...rest }) => rest), { name: 'package/l', text: 'a.txt', mode: 0o120777 }]);
const tar = async (): Promise<Buffer> =>
  buildTar([
    ...NAMES.map(({ mode: _, ...rest }) => ({ ...rest, mode: 0o755 })),
    { name: 'package/l', type: 'symlink', linkname: 'a.txt' },
  ]);
const FORMATS: readonly (readonly [ArchiveFormat, () => Promise<Buffer>])[] = [
  ['tar', tar],
  ['tar.gz', async () => gzipSync(await tar())],
  ['tar.xz', async () => buildXz(await tar())],
  ['tar.zst', async () => buildZstd(await tar())],
  ['zip', async () => zip()],
];

describe.each(FORMATS)('a %s', (format, build) => {
  it('gives the pinned file', async () => {
    const { request, file, folder } = await setUp(await build(), format);
    const got = await extractFile(request, file, 'package/bin/tool');
    expect(got).toEqual({ sha256: sha256('run'), size: 3, member: 'package/bin/tool' });
    expect((await stat(file)).mode & 0o7777).toBe(0o555);
    expect(await filesBelow(folder)).toEqual(['asset', 'out']);
  });
  it('gives the first file that is not a directory when none is pinned', async () => {
    const { request, file } = await setUp(await build(), format);
    expect(await extractFile(request, file)).toMatchObject({ member: 'package/a.txt' });
  });
  it('gives a tree, links as files', async () => {
    const { request, tree } = await setUp(await build(), format);
    const got = await extractTree(request, tree, { folder: 'package', entry: 'bin/tool' });
    expect(got.members.map((member) => [member.path, member.sha256])).toEqual([
      ['a.txt', sha256('text')],
      ['bin/tool', sha256('run')],
      ['l', sha256('text')],
    ]);
  });
  it.each([0.3, 0.9])('cut after %d of its length is broken', async (part) => {
    const bytes = await build();
    const { request, file } = await setUp(bytes.subarray(0, Math.floor(bytes.length * part)), format);
    await expect(extractFile(request, file)).rejects.toMatchObject({ code: 'ARCHIVE_BROKEN', exitCode: 1 });
  });
  it('with garbage behind it is broken', async () => {
    const { request, file } = await setUp(Buffer.concat([await build(), Buffer.from('garbage')]), format);
    await expect(extractFile(request, file)).rejects.toMatchObject({ code: 'ARCHIVE_BROKEN' });
  });
  it('that is a web page is broken', async () => {
    const { request, file } = await setUp(Buffer.from('<!doctype html><title>Log in</title>'), format);
    await expect(extractFile(request, file)).rejects.toMatchObject({ code: 'ARCHIVE_BROKEN' });
  });
  it('stops when it is told to', async () => {
    const { request, file } = await setUp(await build(), format);
    const stopped = { ...request, signal: AbortSignal.abort() };
    await expect(extractFile(stopped, file)).rejects.toMatchObject({ code: 'INTERRUPTED' });
  });
});

describe('what other programs packed', () => {
  const text = 'the same line again and again\n'.repeat(3000);
  it.each([
    ['tar.xz', PACKED_XZ],
    ['tar.zst', PACKED_ZSTD],
  ] as const)('as %s is read', async (format, base64) => {
    const { request, file, tree } = await setUp(Buffer.from(base64, 'base64'), format);
    expect(await extractFile(request, file, 'package/data.txt')).toMatchObject({ sha256: sha256(text) });
    await extractTree(request, tree, { folder: 'package', entry: 'bin/tool' });
    expect(await filesBelow(tree)).toEqual(['bin/tool', 'data.txt']);
  });
  it('twice at once is read twice', async () => {
    const { request, file } = await setUp(Buffer.from(PACKED_XZ, 'base64'), 'tar.xz');
    const many = ['1', '2', '3'].map(async (end) => extractFile(request, file + end, 'package/data.txt'));
    for (const one of await Promise.all(many)) expect(one.sha256).toBe(sha256(text));
  });
  it('with one bit flipped is not taken for whole', async () => {
    const bytes = Buffer.from(PACKED_XZ, 'base64');
    bytes[150] = (bytes[150] ?? 0) ^ 1;
    const { request, file } = await setUp(bytes, 'tar.xz');
    await expect(extractFile(request, file)).rejects.toMatchObject({ code: 'ARCHIVE_BROKEN' });
  });
});

const tool: ZipMember = { name: 'a/tool', text: 'run' };
describe('a zip with', () => {
  it.each<readonly [string, string, ZipMember[]]>([
    ['an encrypted member', 'ARCHIVE_ENCRYPTED', [{ name: 'a/x', text: 'secret', encrypted: true }]],
    ['a way up', 'ARCHIVE_MEMBER_PATH', [{ name: '../evil' }]],
    ['an absolute name', 'ARCHIVE_MEMBER_PATH', [{ name: '/etc/evil' }]],
    ['a drive', 'ARCHIVE_MEMBER_PATH', [{ name: 'C:/evil' }]],
    ['backslashes', 'ARCHIVE_MEMBER_PATH', [{ name: 'a\\..\\..\\evil' }]],
    ['a name that is not UTF-8', 'ARCHIVE_MEMBER_PATH', [{ name: Buffer.from([0x61, 0x2f, 0xe9]) }]],
    ['a symlink out', 'ARCHIVE_LINK', [{ name: 'a/l', text: '../../x', mode: 0o120777 }]],
    ['an endless symlink', 'ARCHIVE_LINK', [{ name: 'a/l', text: 'x'.repeat(5000), mode: 0o120777 }]],
    ['a device', 'ARCHIVE_MEMBER_TYPE', [{ name: 'a/d', mode: 0o020666 }]],
    ['a fifo', 'ARCHIVE_MEMBER_TYPE', [{ name: 'a/d', mode: 0o010666 }]],
    ['a setuid program', 'ARCHIVE_MEMBER_MODE', [{ name: 'a/d', mode: 0o104755 }]],
    ['a name twice', 'ARCHIVE_DUPLICATE', [tool]],
    ['names that differ by case', 'ARCHIVE_DUPLICATE', [{ name: 'A/Tool' }]],
    ['a size that is too small', 'ARCHIVE_BROKEN', [{ name: 'a/x', text: 'much more', claims: 2 }]],
    ['a size beyond measure', 'ARCHIVE_TOO_BIG', [{ name: 'a/x', claims: 4_000_000_000 }]],
  ])('%s gives %s, and nothing outside its folder', async (_, code, members) => {
    const { request, tree, folder } = await setUp(buildZip([tool, ...members]), 'zip');
    const got = extractTree(request, tree, { folder: 'a', entry: 'tool' });
    await expect(got).rejects.toMatchObject({ code, exitCode: 1, where: 'asset x' });
    const outside = (await filesBelow(folder)).filter((path) => path !== 'asset' && !path.startsWith('tree/'));
    expect(outside).toEqual([]);
  });
  it('a checksum that does not fit its bytes is broken', async () => {
    const bytes = buildZip([tool]);
    const at = bytes.lastIndexOf(Buffer.from('PK\u0001\u0002', 'latin1')) + 16;
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    const { request, file } = await setUp(bytes, 'zip');
    const message = expect.stringContaining('the checksum of a/tool');
    await expect(extractFile(request, file)).rejects.toMatchObject({ code: 'ARCHIVE_BROKEN', message });
  });
  it('no members is broken', async () => {
    const { request, file } = await setUp(buildZip([]), 'zip');
    await expect(extractFile(request, file)).rejects.toMatchObject({ code: 'ARCHIVE_BROKEN' });
  });
});

describe('gigabytes of zeros', () => {
  const half = gzipSync(Buffer.alloc(1024 * 1024));
  it.each<readonly [ArchiveFormat, () => Buffer]>([
    ['gz', () => Buffer.concat(new Array<Buffer>(1000).fill(half))],
    ['tar.zst', () => zstdZeros(8000)],
  ])('in a small %s are refused long before they are there', async (format, build) => {
    const { request, file, folder } = await setUp(build(), format);
    const code = expect.stringMatching(/ARCHIVE_(TOO_BIG|BROKEN)/);
    await expect(extractFile(request, file)).rejects.toMatchObject({ code });
    const left = await Promise.all((await filesBelow(folder)).map(async (name) => stat(join(folder, name))));
    for (const { size } of left) expect(size).toBeLessThan(100_000_000);
  });
  it('in a tar.gz are refused by what the header says', async () => {
    const head = (await buildTar([{ name: 'tool', text: 'x' }])).subarray(0, 512);
    head.write('000120000000000', 124, 12, 'latin1');
    head.write('        ', 148, 8, 'latin1');
    const sum = head.reduce((total, byte) => total + byte, 0);
    head.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 8, 'latin1');
    const bytes = Buffer.concat([gzipSync(head), ...new Array<Buffer>(100).fill(half)]);
    const { request, file } = await setUp(bytes, 'tar.gz');
    await expect(extractFile(request, file)).rejects.toMatchObject({ code: 'ARCHIVE_TOO_BIG' });
  });
});

describe('a hundred thousand members', () => {
  it('are more than a release has', async () => {
    // Folders, since those may stand twice.
    const one = (await buildTar([{ name: 'a/', type: 'directory' }])).subarray(0, 512);
    const folders = Buffer.concat(new Array<Buffer>(DEFAULT_LIMITS.members + 1).fill(one));
    const { request, file } = await setUp(gzipSync(folders), 'tar.gz');
    const message = expect.stringContaining(`more than ${DEFAULT_LIMITS.members} members`);
    await expect(extractFile(request, file)).rejects.toMatchObject({ code: 'ARCHIVE_TOO_BIG', message });
  });
});

describe('zstdWindow', () => {
  it('is what the header says', () => {
    expect(zstdWindow(buildZstd(Buffer.from('some text that is long'), 20))).toBe(2 ** 20);
    expect(zstdWindow(Buffer.from(PACKED_ZSTD, 'base64'))).toBe(102_400);
    expect(zstdWindow(Buffer.from('no frame at all, but text'))).toBe(0);
  });
  it.each([26, 27, 31])('of 2^%d bytes is refused: such frames would be misread', async (log) => {
    const { request, file } = await setUp(buildZstd(await tar(), log), 'tar.zst');
    const message = expect.stringContaining(`window of ${2 ** log} bytes`);
    await expect(extractFile(request, file)).rejects.toMatchObject({ code: 'ARCHIVE_BROKEN', message });
  });
  it('is looked at in every frame', async () => {
    const whole = await tar();
    const bytes = Buffer.concat([buildZstd(whole.subarray(0, 1024)), buildZstd(whole.subarray(1024), 27)]);
    const { request, file } = await setUp(bytes, 'tar.zst');
    const message = expect.stringContaining('window of 134217728 bytes');
    await expect(extractFile(request, file)).rejects.toMatchObject({ code: 'ARCHIVE_BROKEN', message });
  });
  it('of 32 MB, and several frames, are read', async () => {
    const whole = await tar();
    const bytes = Buffer.concat([buildZstd(whole.subarray(0, 1024)), buildZstd(whole.subarray(1024), 25)]);
    const { request, file } = await setUp(bytes, 'tar.zst');
    expect(await extractFile(request, file, 'package/bin/tool')).toMatchObject({ sha256: sha256('run') });
  });
});
