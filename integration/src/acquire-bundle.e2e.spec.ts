import { existsSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { pack } from 'tar-stream';
import { buffer } from 'node:stream/consumers';
import { mustRun, run } from './support/command.js';
import { assetPath, HOST_TARGET, OTHER_TARGET } from './support/fake-upstream.js';
import { makeLockedPlace } from './support/finished-place.js';
import { copyPlace, editJson, emptyStore, removePlaces, type Place } from './support/place.js';
import { documentOf, expectRefusal, expectSoundStore, refuses } from './support/refusals.js';
import { committed, filesBelow } from './support/traces.js';

jest.setTimeout(180_000);

afterAll(removePlaces);
type Entry = { target_triple: string; binary_sha256: string; locator: string };

let place: Place;
const bundle = (at: Place): string => join(at.base, 'carried.tar');
const intake = (at: Place): string[] => ['lock', 'import', 'fake', bundle(at)];
beforeAll(async () => {
  place = await makeLockedPlace();
  await mustRun(place, ['lock', 'export', 'fake', '1.0.0', bundle(place)]);
  // As on the other side: neither a store nor the upstream.
  emptyStore(place);
});

/** A tar with a lock at its head and further members. */
async function tarOf(lock: string, members: readonly (readonly [name: string, text: string])[]): Promise<Buffer> {
  const archive = pack();
  archive.entry({ name: 'artifacts.lock.json' }, lock);
  for (const [name, text] of members) archive.entry({ name }, text);
  archive.finalize();
  return buffer(archive);
}
const lockText = (at: Place): string => readFileSync(join(at.root, 'artifacts.lock.json'), 'utf8');

describe('a bundle, carried where there is no network,', () => {
  it('makes acquire work, and leaves the lock as it was', async () => {
    const at = copyPlace(place);
    rmSync(at.upstream, { recursive: true });
    const before = committed(at);
    const taken = documentOf(await mustRun(at, [...intake(at), '--json']));
    expect(taken).toMatchObject({ kind: 'imported', added: [] });
    expect(committed(at)).toEqual(before);
    const got = documentOf(await mustRun(at, ['acquire', 'fake', '1.0.0', '--json']));
    expect((got['artifacts'] as { downloaded_bytes: number }[]).map((one) => one.downloaded_bytes)).toEqual([0, 0]);
    await mustRun(at, ['snapshot', 'fake', '1.0.0', '--target', HOST_TARGET]);
    await expectSoundStore(at);
  });
  it('pins what the lock lacked, byte for byte as it was pinned before', async () => {
    const at = copyPlace(place);
    const before = lockText(at);
    rmSync(join(at.root, 'artifacts.lock.json'));
    const taken = documentOf(await mustRun(at, [...intake(at), '--json']));
    expect(taken['added']).toHaveLength(2);
    expect(lockText(at)).toBe(before);
  });
  it('can carry one target, and has the same bytes whoever makes it', async () => {
    const at = copyPlace(place);
    rmSync(at.upstream, { recursive: true });
    await mustRun(at, intake(at));
    const again = join(at.base, 'again.tar');
    await mustRun(at, ['lock', 'export', 'fake', '1.0.0', again]);
    expect(readFileSync(again).equals(readFileSync(bundle(at)))).toBe(true);
    const told = await mustRun(at, ['lock', 'export', 'fake', '1.0.0', again, '--target', HOST_TARGET, '--json']);
    expect(documentOf(told)['artifacts']).toHaveLength(1);
  });
});

describe('a bundle that is refused', () => {
  const write = (make: (at: Place) => Promise<Buffer>) => async (at: Place) =>
    writeFileSync(bundle(at), await make(at));
  const arranged = { exit: 1, code: 'BUNDLE_INVALID' } as const;
  const args = ['lock', 'import', 'fake', '../carried.tar'];
  const file = (entry: string): string => `files/${entry}`;
  it.each([
    ['cut short', (at: Place) => truncateSync(bundle(at), readFileSync(bundle(at)).length - 2048)],
    [
      'with one byte changed',
      (at: Place) => {
        const bytes = readFileSync(bundle(at));
        const inside = bytes.indexOf('#!/bin/sh') + 20;
        bytes[inside] = (bytes[inside] ?? 0) ^ 1;
        writeFileSync(bundle(at), bytes);
      },
    ],
  ])('%s', async (_, tamper) => {
    const at = copyPlace(place);
    tamper(at);
    const ran = await run(at, [...intake(at), '--json']);
    expect([ran.exit, /BUNDLE_INVALID|ARCHIVE_BROKEN/.test(ran.stdout)]).toEqual([1, true]);
    expect(filesBelow(at.store)).toEqual([]);
  });
  refuses(
    () => place,
    [
      {
        ...arranged,
        what: 'with a member that nobody needs',
        args,
        arrange: write((at) => tarOf(lockText(at), [[file('0'.repeat(64)), 'evil']])),
        names: ['which no entry needs'],
      },
      {
        ...arranged,
        what: 'with a way up',
        args,
        arrange: write((at) => tarOf(lockText(at), [['../evil', 'x']])),
        code: 'ARCHIVE_MEMBER_PATH',
        names: ['../evil'],
      },
      {
        ...arranged,
        what: 'with a lock and nothing else',
        args,
        arrange: write((at) => tarOf(lockText(at), [])),
        names: ['lacks files/'],
      },
      {
        ...arranged,
        what: 'with a locator of another version',
        args,
        arrange: async (at) => {
          // Also where the lock does not know the entry yet.
          const text = lockText(at).replaceAll(/"locator": "[^"]*"/g, '"locator": "npm:fake@9.9.9"');
          const bytes = readFileSync(assetPath(at.upstream, '1.0.0', HOST_TARGET), 'utf8');
          rmSync(at.upstream, { recursive: true });
          rmSync(join(at.root, 'artifacts.lock.json'));
          const [entry] = (JSON.parse(text) as { artifacts: Entry[] }).artifacts;
          writeFileSync(bundle(at), await tarOf(text, [[file(entry?.binary_sha256 ?? ''), bytes]]));
        },
        names: ['9.9.9', '1.0.0'],
      },
      {
        ...arranged,
        what: 'of another tool',
        args,
        arrange: (at) => editJson<{ tool: string }>(join(at.root, 'cliparity.json'), (m) => void (m.tool = 'other')),
        names: ['carries fake-cli', 'other'],
      },
      {
        ...arranged,
        what: 'with another binary than the lock pins',
        args,
        arrange: (at) =>
          editJson<{ artifacts: Entry[] }>(join(at.root, 'artifacts.lock.json'), ({ artifacts }) => {
            for (const entry of artifacts) entry.binary_sha256 = '0'.repeat(64);
          }),
        code: 'LOCK_ENTRY_CHANGED',
        names: ['pinned before'],
      },
      {
        ...arranged,
        what: 'that is not there',
        args: ['lock', 'import', 'fake', 'none.tar'],
        exit: 3,
        code: 'BUNDLE_MISSING',
        names: ['none.tar'],
      },
      {
        ...arranged,
        what: 'that is a folder',
        args: ['lock', 'import', 'fake', '.'],
        exit: 3,
        code: 'BUNDLE_MISSING',
        names: ['is no file'],
      },
      {
        ...arranged,
        what: 'that is no bundle',
        args: ['lock', 'import', 'fake', 'cli_manifests/fake/cliparity.json'],
        names: ['lock export'],
      },
      {
        ...arranged,
        what: 'that shall be written over a folder',
        args: ['lock', 'export', 'fake', '1.0.0', '.', '--target', HOST_TARGET],
        exit: 3,
        code: 'WRITE_FAILED',
        names: ['EISDIR'],
      },
      {
        ...arranged,
        what: 'with too few words',
        args: ['lock', 'export', 'fake', '1.0.0', 'a', 'b'],
        exit: 2,
        code: 'LOCK_WORDS',
        names: ['lock import CLI FILE'],
      },
    ],
  );
  it('names itself on the other side as it is typed there', async () => {
    const at = copyPlace(place);
    const ran = await mustRun(at, ['lock', 'export', 'fake', '1.0.0', join(at.base, 'a b.tar')]);
    expect(ran.stdout).toContain("cliparity lock import fake 'a b.tar'");
  });
  it('leaves no file when its target is not locked', async () => {
    const at = copyPlace(place);
    const refusal = { exit: 2, code: 'LOCK_VERSION_UNKNOWN', names: ['9.9.9'] } as const;
    expectRefusal(await run(at, ['lock', 'export', 'fake', '9.9.9', join(at.base, 'x.tar'), '--json']), refusal);
    expect(existsSync(join(at.base, 'x.tar'))).toBe(false);
  });
});

describe('export --format dotslash', () => {
  it('writes a file that can be started, of the targets that were asked for', async () => {
    const at = copyPlace(place);
    editJson<{ artifacts: Entry[] }>(join(at.root, 'artifacts.lock.json'), ({ artifacts }) => {
      for (const entry of artifacts) entry.locator = `https://downloads.example.org/1.0.0/fake-${entry.target_triple}`;
    });
    const command = ['export', 'fake', '1.0.0', '--format', 'dotslash', '--out', 'out'] as const;
    const platforms = async (...more: string[]): Promise<string[]> => {
      await mustRun(at, [...command, ...more]);
      const [first, ...rest] = readFileSync(join(at.workspace, 'out', 'fake'), 'utf8').split('\n');
      expect(first).toBe('#!/usr/bin/env dotslash');
      return Object.keys((JSON.parse(rest.join('\n')) as { platforms: object }).platforms);
    };
    expect(await platforms()).toHaveLength(2);
    expect(statSync(join(at.workspace, 'out', 'fake')).mode & 0o777).toBe(0o755);
    expect(await platforms('--target', OTHER_TARGET)).toEqual(['windows-x86_64']);
  });
});
