import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { serveRanges } from './support/acquire-servers.js';
import { zipOf } from './support/acquire-zip.js';
import { tgzOf, type Member } from './support/archives.js';
import { mustRun } from './support/command.js';
import { HOST_TARGET, makeUpstream } from './support/fake-upstream.js';
import { listen, type Loopback } from './support/loopback.js';
import { copyPlace, editJson, emptyStore, makePlace, removePlaces, type Place } from './support/place.js';
import { refuses } from './support/refusals.js';

jest.setTimeout(180_000);

afterAll(removePlaces);

type Entry = { sha256: string; size_bytes: number; format: string };
let mirror: Loopback;
let program: Buffer;
beforeAll(async () => {
  mirror = await listen();
  program = readFileSync((await makeUpstream(join(makePlace().base, 'program'))).path);
});
afterAll(() => mirror.close());

/** The lock pins these bytes, as if upstream had published them so: it is the archive that is bad, not its digest. */
function publishes(at: Place, bytes: Uint8Array): void {
  mirror.answer = serveRanges(bytes);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  editJson<{ artifacts: Entry[] }>(join(at.root, 'artifacts.lock.json'), ({ artifacts }) => {
    for (const entry of artifacts) Object.assign(entry, { sha256, size_bytes: bytes.length });
  });
}

const args = ['acquire', 'fake', '1.0.0', '--target', HOST_TARGET] as const;
const good = (): Member => ({ name: 'fake', text: program });
const tgzWith =
  (...members: readonly Member[]) =>
  () =>
    tgzOf([good(), ...members]);

/** The header of a member, alone, so that it can say anything. */
async function headerOf(member: Member, size?: number): Promise<Buffer> {
  const head = gunzipSync(await tgzOf([member])).subarray(0, 512);
  if (size === undefined) return head;
  head.write(size.toString(8).padStart(11, '0'), 124, 11, 'latin1');
  head.fill(0x20, 148, 156);
  const sum = head.reduce((total, byte) => total + byte, 0);
  head.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 8, 'latin1');
  return head;
}

/** 10 GB of zeros in 10 MB: many streams, one behind the other, are one to every reader. */
const zeros = (): Buffer => Buffer.concat(new Array<Buffer>(10_240).fill(gzipSync(Buffer.alloc(1024 * 1024))));

type Bad = readonly [string, string, () => Promise<Uint8Array> | Uint8Array];
const TAR_GZ: readonly Bad[] = [
  ['a way up', 'ARCHIVE_MEMBER_PATH', tgzWith({ name: '../evil', text: 'x' })],
  ['an absolute name', 'ARCHIVE_MEMBER_PATH', tgzWith({ name: '/tmp/evil', text: 'x' })],
  [
    'a name that is not UTF-8',
    'ARCHIVE_MEMBER_PATH',
    async () => {
      const head = await headerOf({ name: 'XX', text: 'x' }, 0);
      head.set([0xe9, 0xff], 0);
      head.fill(0x20, 148, 156);
      const sum = head.reduce((total, byte) => total + byte, 0);
      head.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 8, 'latin1');
      return Buffer.concat([gzipSync(head), await tgzOf([good()])]);
    },
  ],
  ['a symlink out', 'ARCHIVE_LINK', tgzWith({ name: 'l', type: 'symlink', linkname: '../../etc/passwd' })],
  ['a hard link out', 'ARCHIVE_LINK', tgzWith({ name: 'l', type: 'link', linkname: '/etc/passwd' })],
  ['a device', 'ARCHIVE_MEMBER_TYPE', tgzWith({ name: 'd', type: 'block-device', devmajor: 1, devminor: 1 })],
  ['a fifo', 'ARCHIVE_MEMBER_TYPE', tgzWith({ name: 'd', type: 'fifo' })],
  ['a setuid program', 'ARCHIVE_MEMBER_MODE', tgzWith({ name: 'd', text: 'x', mode: 0o4755 })],
  ['a setgid program', 'ARCHIVE_MEMBER_MODE', tgzWith({ name: 'd', text: 'x', mode: 0o2755 })],
  ['a name twice', 'ARCHIVE_DUPLICATE', () => tgzOf([good(), good()])],
  ['names that differ only by case', 'ARCHIVE_DUPLICATE', tgzWith({ name: 'FAKE', text: 'x' })],
  [
    'a hundred thousand members',
    'ARCHIVE_TOO_BIG',
    async () => {
      const one = await headerOf({ name: 'folder/', type: 'directory' });
      return gzipSync(Buffer.concat([...new Array<Buffer>(100_000).fill(one), Buffer.alloc(1024)]));
    },
  ],
  [
    '10 GB of zeros in 10 MB, said',
    'ARCHIVE_TOO_BIG',
    async () => Buffer.concat([gzipSync(await headerOf({ name: 'big', text: 'x' }, 8 * 2 ** 30 - 1)), zeros()]),
  ],
  [
    '10 GB of zeros in 10 MB, in many members',
    'ARCHIVE_TOO_BIG',
    async () => {
      const parts: Buffer[] = [];
      for (let at = 0; at < 10; at += 1) {
        parts.push(gzipSync(await headerOf({ name: `part${at}`, text: 'x' }, 2 ** 30)));
        parts.push(...new Array<Buffer>(1024).fill(gzipSync(Buffer.alloc(1024 * 1024))));
      }
      return Buffer.concat(parts);
    },
  ],
  ['a cut', 'ARCHIVE_BROKEN', async () => (await tgzOf([good()])).subarray(0, 300)],
  ['garbage behind its end', 'ARCHIVE_BROKEN', async () => Buffer.concat([await tgzOf([good()]), Buffer.from('junk')])],
  ['a web page inside', 'ARCHIVE_BROKEN', () => Buffer.from('<!doctype html>')],
];
const exe = () => ({ name: 'fake', text: program });
const ZIP: readonly Bad[] = [
  ['a way up', 'ARCHIVE_MEMBER_PATH', () => zipOf([exe(), { name: '../evil' }])],
  ['an absolute name', 'ARCHIVE_MEMBER_PATH', () => zipOf([exe(), { name: '/tmp/evil' }])],
  ['a name that is not UTF-8', 'ARCHIVE_MEMBER_PATH', () => zipOf([exe(), { name: Buffer.from([0xe9, 0xff]) }])],
  ['a symlink out', 'ARCHIVE_LINK', () => zipOf([exe(), { name: 'l', text: '../../etc/passwd', mode: 0o120777 }])],
  ['a device', 'ARCHIVE_MEMBER_TYPE', () => zipOf([exe(), { name: 'd', mode: 0o060666 }])],
  ['a setuid program', 'ARCHIVE_MEMBER_MODE', () => zipOf([exe(), { name: 'd', mode: 0o104755 }])],
  ['a name twice', 'ARCHIVE_DUPLICATE', () => zipOf([exe(), exe()])],
  ['names that differ only by case', 'ARCHIVE_DUPLICATE', () => zipOf([exe(), { name: 'Fake' }])],
  ['an encrypted member', 'ARCHIVE_ENCRYPTED', () => zipOf([exe(), { name: 'x', text: 'x', encrypted: true }])],
  ['a cut', 'ARCHIVE_BROKEN', () => zipOf([exe()]).subarray(0, 300)],
  ['garbage behind its end', 'ARCHIVE_BROKEN', () => Buffer.concat([zipOf([exe()]), Buffer.from('junk')])],
];

describe.each([
  ['tar.gz', TAR_GZ],
  ['zip', ZIP],
] as const)('a %s with', (format, bad) => {
  let place: Place;
  beforeAll(async () => {
    place = makePlace({
      sources: [
        { use: 'local', settings: { url: mirror.url, name: 'fake', versions: ['1.0.0'], format, member: 'fake' } },
      ],
    });
    mirror.answer = serveRanges(format === 'zip' ? zipOf([exe()]) : await tgzOf([good()]));
    await mustRun(place, ['lock', 'fake', '1.0.0']);
    emptyStore(place);
  });
  refuses(
    () => place,
    bad.map(([what, code, build]) => ({
      what,
      args,
      exit: 1 as const,
      code,
      names: ['127.0.0.1'],
      arrange: async (at: Place) => publishes(at, await build()),
    })),
  );
  it('nothing wrong is taken', async () => {
    const at = copyPlace(place);
    publishes(at, format === 'zip' ? zipOf([exe()]) : await tgzOf([good()]));
    await mustRun(at, [...args, '--link', join(at.base, 'links')]);
    expect(existsSync(join(at.base, 'links', `fake-${HOST_TARGET}`))).toBe(true);
  });
});
