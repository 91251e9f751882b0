import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { tgzOf, type Member } from './support/archives.js';
import { mustRun, run } from './support/command.js';
import { HOST_TARGET, makeUpstream, publish } from './support/fake-upstream.js';
import { copyPlace, makePlace, newFolder, put, removePlaces, type Place } from './support/place.js';
import { refuses } from './support/refusals.js';

jest.setTimeout(180_000);

afterAll(removePlaces);

/** What an archive must not hold; `fake` itself is always there. */
const HOSTILE: readonly (readonly [string, Member, string, string])[] = [
  ['a member above its folder', { name: '../evil', text: 'x' }, 'ARCHIVE_MEMBER_PATH', '../evil'],
  [
    'a member above its folder in the middle',
    { name: 'a/../../evil', text: 'x' },
    'ARCHIVE_MEMBER_PATH',
    'a/../../evil',
  ],
  ['an absolute member', { name: '/tmp/evil', text: 'x' }, 'ARCHIVE_MEMBER_PATH', '/tmp/evil'],
  ['a member on a drive', { name: 'C:\\evil', text: 'x' }, 'ARCHIVE_MEMBER_PATH', 'evil'],
  ['a symbolic link out', { name: 'evil', type: 'symlink', linkname: '../../etc/passwd' }, 'ARCHIVE_LINK', 'evil'],
  ['a symbolic link to the root', { name: 'evil', type: 'symlink', linkname: '/etc/passwd' }, 'ARCHIVE_LINK', 'evil'],
  ['a hard link out', { name: 'evil', type: 'link', linkname: '../etc/passwd' }, 'ARCHIVE_LINK', 'evil'],
  ['a device', { name: 'evil', type: 'character-device', devmajor: 1, devminor: 3 }, 'ARCHIVE_MEMBER_TYPE', 'evil'],
  ['a pipe', { name: 'evil', type: 'fifo' }, 'ARCHIVE_MEMBER_TYPE', 'evil'],
];

describe.each([
  ['file', { member: 'fake' }],
  ['tree', { member: '.', entry: 'fake' }],
])('an archive that is to be a %s', (kind, shape) => {
  const settings = { path: '../../upstream', name: 'fake', format: 'tar.gz', kind, ...shape };
  let place: Place;
  let program: Buffer;
  const arrange = (bytes: () => Promise<Uint8Array>) => async (at: Place) => {
    const file = join(newFolder(), 'asset');
    put(file, await bytes());
    publish(at.upstream, file);
  };
  beforeAll(async () => {
    place = makePlace({ sources: [{ use: 'local', settings }] });
    program = readFileSync((await makeUpstream(join(place.base, 'program'))).path);
  });
  const lock = { args: ['lock', 'fake', '1.0.0', '--target', HOST_TARGET], exit: 1 } as const;
  const fake = (): Member => ({ name: 'fake', text: program });

  refuses(
    () => place,
    [
      ...HOSTILE.map(([what, member, code, name]) => ({
        ...lock,
        what,
        arrange: arrange(() => tgzOf([fake(), member])),
        code,
        names: ['upstream/1.0.0', JSON.stringify(name).slice(1, -1)],
      })),
      {
        ...lock,
        what: 'a member twice',
        arrange: arrange(() => tgzOf([fake(), fake()])),
        code: 'ARCHIVE_DUPLICATE',
        names: ['fake'],
      },
      {
        ...lock,
        what: 'no such member',
        arrange: arrange(() => tgzOf([{ name: 'other', text: 'x' }])),
        code: 'ARCHIVE_MEMBER_MISSING',
        names: ['fake'],
      },
      {
        ...lock,
        what: 'no archive',
        arrange: arrange(async () => Buffer.from('plain text, no archive at all')),
        code: 'ARCHIVE_BROKEN',
        names: ['upstream/1.0.0'],
      },
      {
        ...lock,
        what: 'an archive that breaks off',
        arrange: arrange(async () => (await tgzOf([fake()])).subarray(0, 200)),
        code: 'ARCHIVE_BROKEN',
        names: ['upstream/1.0.0'],
      },
      {
        ...lock,
        what: 'an empty file',
        arrange: arrange(async () => Buffer.alloc(0)),
        code: 'ARCHIVE_BROKEN',
        names: ['upstream/1.0.0'],
      },
    ],
  );

  it('is taken when nothing is wrong with it', async () => {
    const at = copyPlace(place);
    await arrange(() => tgzOf([fake(), { name: 'share/data', text: 'x' }]))(at);
    await mustRun(at, ['lock', 'fake', '1.0.0']);
    expect((await run(at, ['report', 'fake', '1.0.0', '--chain'])).exit).toBe(0);
  });
});
