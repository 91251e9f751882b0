import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { mustRun, run } from './support/command.js';
import { makeUpstream, publish } from './support/fake-upstream.js';
import { makeFinishedPlace } from './support/finished-place.js';
import { listen, type Loopback } from './support/loopback.js';
import { copyPlace, makePlace, manifestWith, newFolder, put, removePlaces, type Place } from './support/place.js';
import { expectRefusal, expectSoundStore } from './support/refusals.js';
import { mountSmallDisk } from './support/small-disk.js';
import { committed, leftovers } from './support/traces.js';

jest.setTimeout(180_000);

const MEGABYTE = 2 ** 20;
const disk = mountSmallDisk(2 * MEGABYTE);
const onSmallDisk = disk === undefined ? it.skip : it;

afterEach(() => {
  disk?.clear();
});
afterAll(() => {
  disk?.unmount();
  removePlaces();
});

/** A fake upstream that is larger than the disk. */
async function largeProgram(): Promise<Buffer> {
  const program = readFileSync((await makeUpstream(newFolder())).path);
  return Buffer.concat([program, Buffer.from('#'.repeat(3 * MEGABYTE))]);
}

describe('a store on a full disk', () => {
  let place: Place;
  let mirror: Loopback;
  beforeAll(async () => {
    mirror = await listen();
    const source = (settings: object) => ({ sources: [{ use: 'local', settings: { name: 'fake', ...settings } }] });
    place = makePlace(source({ url: mirror.url, versions: ['1.0.0'] }));
    const bytes = await largeProgram();
    // No length is told, so nobody can know before that it will not fit.
    mirror.answer = (_, response) => {
      response.writeHead(200);
      response.end(bytes);
    };
  });
  afterAll(() => mirror.close());
  afterEach(() => {
    if (disk !== undefined) rmSync(join(disk.path, 'store'), { recursive: true, force: true });
  });
  const small = (): Place => ({ ...copyPlace(place), store: join(disk?.path ?? '', 'store') });

  onSmallDisk('is found out while the asset comes', async () => {
    const at = small();
    const before = committed(at);
    expectRefusal(await run(at, ['lock', 'fake', '1.0.0', '--json']), {
      exit: 3,
      code: 'DISK_FULL',
      names: [at.store],
    });
    expect([committed(at), leftovers(at)]).toEqual([before, []]);
    await expectSoundStore(at);
  });

  onSmallDisk('is found out before, when the lock tells the size', async () => {
    const roomy = copyPlace(place);
    await mustRun(roomy, ['lock', 'fake', '1.0.0']);
    const at = { ...roomy, store: join(disk?.path ?? '', 'store') };
    const asked = mirror.asked.length;
    expectRefusal(await run(at, ['acquire', 'fake', '1.0.0', '--json']), {
      exit: 3,
      code: 'DISK_FULL',
      names: [at.store, 'cliparity store prune'],
    });
    expect([mirror.asked.length, leftovers(at)]).toEqual([asked, []]);
  });
});

describe('a workspace on a full disk', () => {
  let finished: Place;
  beforeAll(async () => {
    finished = await makeFinishedPlace();
    const next = await makeUpstream(newFolder(), { version: 'fake 1.1.0\n' });
    publish(finished.upstream, next.path, '1.1.0');
  });
  afterEach(() => {
    if (disk !== undefined) rmSync(join(disk.path, 'workspace'), { recursive: true, force: true });
  });
  /** The finished place with its workspace on the small disk. */
  function small(): Place {
    const base = disk?.path ?? '';
    execFileSync('cp', ['-a', finished.workspace, base]);
    const workspace = join(base, 'workspace');
    const { store, home } = copyPlace(finished);
    return {
      base,
      workspace,
      store,
      home,
      root: join(workspace, 'cli_manifests/fake'),
      upstream: join(workspace, 'upstream'),
    };
  }

  onSmallDisk.each([
    ['lock', ['lock', 'fake', '1.1.0']],
    ['snapshot', ['snapshot', 'fake', '1.0.0', '--from-binary']],
    ['union', ['union', 'fake', '1.0.0']],
    ['report', ['report', 'fake', '1.0.0']],
    ['export', ['export', 'fake', '1.0.0', '--out', 'exported']],
  ])('%s says so, leaves the old files, and works once there is room', async (_, words) => {
    const at = small();
    // Something each step must write anew.
    put(join(at.root, 'cliparity.json'), manifestWith({ texts: 'digest' }));
    put(join(at.root, 'wrapper_coverage.json'), { schema_version: 2, wrapper: 'another', coverage: [] });
    if (words[0] === 'union') rmSync(join(at.root, 'snapshots/1.0.0/union.json'));
    const before = committed(at);
    disk?.fill();
    expectRefusal(await run(at, [...words, '--json']), { exit: 3, code: 'DISK_FULL', names: [at.workspace] });
    expect([committed(at), leftovers(at)]).toEqual([before, []]);
    disk?.clear();
    await mustRun(at, words);
    expect(leftovers(at)).toEqual([]);
  });
});
