import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { mustRun, run } from './support/command.js';
import { HOST_TARGET, OTHER_TARGET } from './support/fake-upstream.js';
import { makeFinishedPlace } from './support/finished-place.js';
import { copyPlace, editJson, newFolder, put, removePlaces, type Place } from './support/place.js';
import { expectRefusal, refuses } from './support/refusals.js';
import { committed, leftovers } from './support/traces.js';

jest.setTimeout(180_000);

let place: Place;
beforeAll(async () => {
  place = await makeFinishedPlace();
});
afterAll(removePlaces);

interface Surface {
  tool?: string;
  collected_at?: string;
  binary: { sha256: string; target_triple: string; semantic_version: string };
  provenance: { settings_sha256: string };
  commands: { path: string[]; about?: string; flags?: { key: string }[] }[];
}
const file = {
  snapshot: (at: Place): string => join(at.root, `snapshots/1.0.0/${HOST_TARGET}.json`),
  union: (at: Place): string => join(at.root, 'snapshots/1.0.0/union.json'),
  report: (at: Place): string => join(at.root, 'reports/1.0.0/coverage.any.json'),
  lock: (at: Place): string => join(at.root, 'artifacts.lock.json'),
};
const edit =
  (which: keyof typeof file, change: (surface: Surface) => void) =>
  (at: Place): void =>
    editJson(file[which](at), change);
const dropFlag = (surface: Surface): void => {
  surface.commands[0]?.flags?.splice(0, 1);
};
const reformat = (which: keyof typeof file) => (at: Place) =>
  put(file[which](at), JSON.stringify(JSON.parse(readFileSync(file[which](at), 'utf8'))));

const snapshotName = `${HOST_TARGET}.json`;
const validate = { args: ['validate', 'fake'], exit: 1 } as const;

describe('a root that somebody edited by hand', () => {
  it('is clean before', async () => {
    expect((await run(place, ['validate'])).exit).toBe(0);
  });

  refuses(
    () => place,
    [
      {
        ...validate,
        what: 'a flag taken out of the union',
        arrange: edit('union', dropFlag),
        code: 'DERIVED_FILE_DIFFERS',
        names: ['union.json'],
      },
      {
        ...validate,
        what: 'a union in another form',
        arrange: reformat('union'),
        code: 'DERIVED_FILE_DIFFERS',
        names: ['union.json'],
      },
      {
        ...validate,
        what: 'a union that is gone',
        arrange: (at) => rmSync(file.union(at)),
        code: 'DERIVED_FILE_MISSING',
        names: ['union.json'],
      },
      {
        ...validate,
        what: 'a union that is not JSON',
        arrange: (at) => put(file.union(at), '<<<<<<<\n'),
        code: 'FILE_INVALID_JSON',
        names: ['union.json'],
      },
      {
        ...validate,
        what: 'a report with other numbers',
        arrange: (at) =>
          editJson<{ totals: { flags: { missing: number } } }>(
            file.report(at),
            ({ totals }) => (totals.flags.missing = 0),
          ),
        code: 'DERIVED_FILE_DIFFERS',
        names: ['coverage.any.json'],
      },
      {
        ...validate,
        what: 'a report that is gone',
        arrange: (at) => rmSync(file.report(at)),
        code: 'DERIVED_FILE_MISSING',
        names: ['coverage.any.json'],
      },
      {
        ...validate,
        what: 'a snapshot in another form',
        arrange: reformat('snapshot'),
        code: 'FILE_NOT_CANONICAL',
        names: [snapshotName],
      },
      {
        ...validate,
        what: 'a snapshot that is not JSON',
        arrange: (at) => put(file.snapshot(at), '{"snapshot'),
        code: 'FILE_INVALID_JSON',
        names: [snapshotName],
      },
      {
        ...validate,
        what: 'a snapshot with an unknown key',
        arrange: edit('snapshot', (surface) => Object.assign(surface, { colected_at: '' })),
        code: 'FILE_SCHEMA_INVALID',
        names: [snapshotName, 'colected_at'],
      },
      {
        ...validate,
        what: 'a snapshot of another binary',
        arrange: edit('snapshot', ({ binary }) => (binary.sha256 = '0'.repeat(64))),
        code: 'SNAPSHOT_NOT_OF_LOCK',
        names: [snapshotName],
      },
      {
        ...validate,
        what: 'a snapshot of another version',
        arrange: edit('snapshot', ({ binary }) => (binary.semantic_version = '1.0.1')),
        code: 'SNAPSHOT_MISPLACED',
        names: [snapshotName, '1.0.1'],
      },
      {
        ...validate,
        what: 'a snapshot made with other settings',
        arrange: edit('snapshot', ({ provenance }) => (provenance.settings_sha256 = '0'.repeat(64))),
        code: 'SNAPSHOT_STALE',
        names: [snapshotName, 'cliparity snapshot fake 1.0.0'],
      },
      {
        ...validate,
        what: 'a flag taken out of the snapshot',
        arrange: edit('snapshot', dropFlag),
        code: 'DERIVED_FILE_DIFFERS',
        names: ['union.json'],
      },
      {
        ...validate,
        what: 'a lock in another form',
        arrange: reformat('lock'),
        code: 'FILE_NOT_CANONICAL',
        names: ['artifacts.lock.json'],
      },
      {
        ...validate,
        what: 'a lock that is gone',
        arrange: (at) => rmSync(file.lock(at)),
        code: 'FILE_MISSING',
        names: ['artifacts.lock.json'],
      },
      {
        ...validate,
        what: 'a folder of snapshots that names no version',
        arrange: (at) => put(join(at.root, 'snapshots/newest/x.json'), {}),
        code: 'FILE_UNEXPECTED',
        names: ['newest'],
      },
      {
        what: 'snapshot --check finds a flag that was taken out',
        args: ['snapshot', 'fake', '1.0.0', '--check'],
        arrange: edit('snapshot', dropFlag),
        exit: 1,
        code: 'DERIVED_FILE_DIFFERS',
        names: [snapshotName],
      },
      {
        what: 'snapshot --check finds a snapshot that is gone',
        args: ['snapshot', 'fake', '1.0.0', '--check'],
        arrange: (at) => rmSync(file.snapshot(at)),
        exit: 1,
        code: 'DERIVED_FILE_MISSING',
        names: [snapshotName],
      },
      {
        what: 'union --check finds its own',
        args: ['union', 'fake', '1.0.0', '--check'],
        arrange: edit('union', dropFlag),
        exit: 1,
        code: 'DERIVED_FILE_DIFFERS',
        names: ['union.json'],
      },
      {
        what: 'report --check finds its own',
        args: ['report', 'fake', '1.0.0', '--check'],
        arrange: reformat('report'),
        exit: 1,
        code: 'DERIVED_FILE_DIFFERS',
        names: ['coverage.any.json'],
      },
      {
        what: 'report --chain --check finds a snapshot that was edited',
        args: ['report', 'fake', '1.0.0', '--chain', '--check'],
        arrange: edit('snapshot', dropFlag),
        exit: 1,
        code: 'DERIVED_FILE_DIFFERS',
        names: [snapshotName],
      },
      {
        what: 'report --chain --check finds a union that was edited',
        args: ['report', 'fake', '1.0.0', '--chain', '--check'],
        arrange: edit('union', dropFlag),
        exit: 1,
        code: 'DERIVED_FILE_DIFFERS',
        names: ['union.json'],
      },
      {
        what: 'rebuild --check finds all of it',
        args: ['rebuild', 'fake', '--check'],
        arrange: edit('union', dropFlag),
        exit: 1,
        code: 'DERIVED_FILE_DIFFERS',
        names: ['union.json'],
      },
      {
        what: 'a union of a snapshot that is not JSON',
        args: ['union', 'fake', '1.0.0'],
        arrange: (at) => put(file.snapshot(at), '{"snapshot'),
        exit: 1,
        code: 'FILE_INVALID_JSON',
        names: [snapshotName],
      },
      {
        what: 'a union of a snapshot that is none',
        args: ['union', 'fake', '1.0.0'],
        arrange: (at) => put(file.snapshot(at), { commands: [] }),
        exit: 1,
        code: 'FILE_SCHEMA_INVALID',
        names: [snapshotName],
      },
      {
        what: 'a union without the required target',
        args: ['union', 'fake', '1.0.0'],
        arrange: (at) => rmSync(file.snapshot(at)),
        exit: 3,
        code: 'REQUIRED_TARGET_MISSING',
        names: [HOST_TARGET, 'cliparity snapshot fake 1.0.0'],
      },
      {
        what: 'a report of a union that is not JSON',
        args: ['report', 'fake', '1.0.0'],
        arrange: (at) => put(file.union(at), '{'),
        exit: 1,
        code: 'FILE_INVALID_JSON',
        names: ['union.json'],
      },
      {
        what: 'a report without a union',
        args: ['report', 'fake', '1.0.0'],
        arrange: (at) => rmSync(file.union(at)),
        exit: 2,
        code: 'FILE_MISSING',
        names: ['union.json', 'cliparity union fake 1.0.0'],
      },
      {
        what: 'an export of nothing',
        args: ['export', 'fake', '1.0.0'],
        arrange: (at) => rmSync(join(at.root, 'snapshots'), { recursive: true }),
        exit: 2,
        code: 'NOTHING_TO_EXPORT',
        names: ['1.0.0', 'cliparity snapshot fake 1.0.0'],
      },
    ],
  );

  it.each([
    ['snapshots/1.0.0/linux-x46.json', {}],
    ['snapshots/1.0.0/notes.txt', 'x'],
    ['reports/9.9.9/coverage.any.json', {}, 'reports/9.9.9'],
  ])('validate finds %s, which nothing here stands for', async (stray, content, named = stray) => {
    const at = copyPlace(place);
    put(join(at.root, stray), content);
    const ran = await run(at, ['validate', 'fake']);
    expect([ran.exit, ran.stdout]).toEqual([1, expect.stringContaining(String(named))]);
  });

  it.each(['snapshot', 'union', 'report'] as const)(
    '--force derives the same bytes of a damaged %s again',
    async (which) => {
      const at = copyPlace(place);
      const before = committed(at);
      put(file[which](at), '{"damaged');
      await mustRun(at, [which, 'fake', '1.0.0', '--force']);
      expect(committed(at)).toEqual(before);
    },
  );

  it('the chain mends whatever is damaged by itself', async () => {
    const at = copyPlace(place);
    const before = committed(at);
    for (const which of ['snapshot', 'union', 'report'] as const) put(file[which](at), '{"damaged');
    await mustRun(at, ['report', 'fake', '1.0.0', '--chain']);
    expect(committed(at)).toEqual(before);
    expect(leftovers(at)).toEqual([]);
  });
});

describe('a page store that was damaged', () => {
  it.each([
    ['cut', (bytes: Buffer) => bytes.subarray(0, bytes.length >> 1)],
    ['emptied', () => Buffer.alloc(0)],
    ['overwritten', (bytes: Buffer) => Buffer.alloc(bytes.length, 7)],
  ])('and %s is captured again, with the same result', async (_, damage) => {
    const at = copyPlace(place);
    const before = committed(at);
    const pages = join(at.workspace, '.cliparity/pages');
    for (const entry of readdirSync(pages, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      if (entry.isFile()) put(path, damage(readFileSync(path)));
    }
    await mustRun(at, ['snapshot', 'fake', '1.0.0', '--target', HOST_TARGET, '--force']);
    expect(committed(at)).toEqual(before);
  });
});

describe('import', () => {
  /** A folder with the host's snapshot, changed. */
  function exported(change: (surface: Surface) => void, name = HOST_TARGET): string {
    const folder = newFolder();
    const surface = JSON.parse(readFileSync(file.snapshot(place), 'utf8')) as Surface;
    change(surface);
    put(join(folder, `${name}.json`), surface);
    return folder;
  }
  const importing = async (folder: string, at: Place) => run(at, ['import', 'fake', folder, '--json']);
  const refused = async (folder: string, refusal: { exit: 1 | 2; code: string; names: string[] }): Promise<void> => {
    const at = copyPlace(place);
    const before = committed(at);
    expectRefusal(await importing(folder, at), refusal);
    expect([committed(at), leftovers(at)]).toEqual([before, []]);
  };

  it('refuses a snapshot of another binary', async () =>
    refused(
      exported(({ binary }) => (binary.sha256 = '0'.repeat(64))),
      { exit: 1, code: 'IMPORT_NOT_OF_LOCK', names: ['1.0.0', HOST_TARGET] },
    ));
  it('refuses a snapshot of a version that is not locked', async () =>
    refused(
      exported(({ binary }) => (binary.semantic_version = '7.0.0')),
      { exit: 2, code: 'LOCK_VERSION_UNKNOWN', names: ['7.0.0'] },
    ));
  it('refuses a snapshot of a target that is not expected', async () =>
    refused(
      exported(({ binary }) => (binary.target_triple = 'any')),
      { exit: 1, code: 'IMPORT_TARGET_NOT_EXPECTED', names: ['any', HOST_TARGET] },
    ));
  it('refuses a version that is a path', async () =>
    refused(
      exported(({ binary }) => (binary.semantic_version = '../../../x')),
      { exit: 1, code: 'FILE_SCHEMA_INVALID', names: ['semantic_version'] },
    ));
  it('refuses a target that is a path', async () =>
    refused(
      exported(({ binary }) => (binary.target_triple = '../../x')),
      { exit: 1, code: 'FILE_SCHEMA_INVALID', names: ['target_triple'] },
    ));
  it('refuses a file that is not JSON', async () => {
    const folder = exported(() => undefined);
    put(join(folder, 'other.json'), '{"snapshot_schema_version": 3,');
    await refused(folder, { exit: 1, code: 'FILE_INVALID_JSON', names: ['other.json'] });
  });
  it('refuses a folder without snapshots', async () => {
    const folder = newFolder();
    put(join(folder, 'package.json'), {});
    await refused(folder, { exit: 2, code: 'NOTHING_TO_IMPORT', names: [folder] });
  });
  it('takes all or nothing: one bad file keeps out the good one beside it', async () => {
    const at = copyPlace(place);
    rmSync(file.snapshot(at));
    const before = committed(at);
    const folder = exported(() => undefined);
    put(
      join(folder, 'z.json'),
      JSON.parse(
        readFileSync(
          join(
            exported(({ binary }) => (binary.sha256 = '0'.repeat(64))),
            `${HOST_TARGET}.json`,
          ),
          'utf8',
        ),
      ),
    );
    expect((await importing(folder, at)).exit).toBe(1);
    expect(committed(at)).toEqual(before);
  });
  it('takes back what was exported from it, byte for byte', async () => {
    const at = copyPlace(place);
    const before = committed(at);
    const folder = exported(() => undefined);
    rmSync(file.snapshot(at));
    await mustRun(at, ['import', 'fake', folder]);
    expect(committed(at)).toEqual(before);
  });
  it('a snapshot from elsewhere enters the union, and --dry-run writes nothing', async () => {
    const at = copyPlace(place);
    const { artifacts } = JSON.parse(readFileSync(file.lock(at), 'utf8')) as {
      artifacts: { target_triple: string; binary_sha256: string }[];
    };
    const other = artifacts.find((entry) => entry.target_triple === OTHER_TARGET);
    const folder = exported(
      ({ binary }) =>
        Object.assign(binary, {
          target_triple: OTHER_TARGET,
          sha256: other?.binary_sha256,
          platform: { os: 'windows', arch: 'x86_64' },
        }),
      OTHER_TARGET,
    );
    const before = committed(at);
    await mustRun(at, ['import', 'fake', folder, '--dry-run']);
    expect(committed(at)).toEqual(before);
    await mustRun(at, ['import', 'fake', folder]);
    const ran = await mustRun(at, ['union', 'fake', '1.0.0', '--json']);
    expect(JSON.parse(ran.stdout)).toMatchObject({ complete: true, targets: expect.arrayContaining([OTHER_TARGET]) });
  });
});
