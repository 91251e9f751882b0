import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { serveRanges } from './support/acquire-servers.js';
import { mustRun, run, start } from './support/command.js';
import { assetPath, HOST_TARGET, makeUpstream, publish } from './support/fake-upstream.js';
import { makePublishedPlace } from './support/finished-place.js';
import { listen, type Loopback } from './support/loopback.js';
import {
  copyPlace,
  editJson,
  emptyStore,
  makePlace,
  manifestWith,
  put,
  removePlaces,
  type Place,
} from './support/place.js';
import { documentOf, expectRefusal, expectSoundStore } from './support/refusals.js';
import { filesBelow, leftovers } from './support/traces.js';

jest.setTimeout(180_000);

const TASKS = 10;
const args = ['acquire', 'fake', '1.0.0', '--target', HOST_TARGET] as const;

let mirror: Loopback;
let place: Place;
let bytes: Buffer;
beforeAll(async () => {
  mirror = await listen();
  place = await makePublishedPlace();
  bytes = readFileSync(assetPath(place.upstream, '1.0.0', HOST_TARGET));
  const settings = { url: mirror.url, name: 'fake', versions: ['1.0.0'] };
  put(join(place.root, 'cliparity.json'), manifestWith({ sources: [{ use: 'local', settings }] }));
  mirror.answer = serveRanges(bytes);
  await mustRun(place, ['lock', 'fake', '1.0.0']);
  emptyStore(place);
});
afterAll(async () => {
  await mirror.close();
  removePlaces();
});

async function acquired(at: Place): Promise<{ path: string; bytes: number }> {
  const { stdout } = await mustRun(at, [...args, '--json']);
  const [artifact] = (JSON.parse(stdout) as { artifacts: { path: string; downloaded_bytes: number }[] }).artifacts;
  return { path: artifact?.path ?? '', bytes: artifact?.downloaded_bytes ?? -1 };
}

/** Flips one bit, as a bad disk does or somebody who knows how. */
function flipBit(path: string, keepTime: boolean): void {
  const { atime, mtime, mode } = statSync(path);
  const content = readFileSync(path);
  content[content.length >> 1] = (content[content.length >> 1] ?? 0) ^ 1;
  chmodSync(path, 0o755);
  writeFileSync(path, content);
  chmodSync(path, mode);
  if (keepTime) utimesSync(path, atime, mtime);
}

describe('a file of the store', () => {
  it('with one bit flipped is not run: it is brought again', async () => {
    const at = copyPlace(place);
    const { path } = await acquired(at);
    flipBit(path, false);
    expect(await acquired(at)).toEqual({ path, bytes: bytes.length });
    expect(readFileSync(path).equals(bytes)).toBe(true);
    await expectSoundStore(at);
  });
  it('with one bit flipped and its time kept is found by store verify', async () => {
    const at = copyPlace(place);
    const { path } = await acquired(at);
    flipBit(path, true);
    const refusal = { exit: 1, code: 'STORE_ITEM_DAMAGED', names: [path, 'damaged'] } as const;
    expectRefusal(await run(at, ['store', 'verify', '--json']), refusal);
  });
  it('to which another user’s record leads is not run, and found by store verify', async () => {
    const at = copyPlace(place);
    const { path } = await acquired(at);
    const [record = ''] = readdirSync(join(at.store, 'meta')).map((name) => join(at.store, 'meta', name));
    const evil = join(at.store, 'files', 'ee', 'e'.repeat(64));
    mkdirSync(join(evil, '..'));
    writeFileSync(evil, bytes, { mode: 0o555 });
    const { mtimeMs } = statSync(evil);
    editJson<{ files: object[] }>(record, ({ files }) =>
      Object.assign(files[0] ?? {}, { sha256: 'e'.repeat(64), mtimeMs: Math.floor(mtimeMs) }),
    );
    const refusal = { exit: 1, code: 'STORE_ITEM_DAMAGED', names: [record] } as const;
    expectRefusal(await run(at, ['store', 'verify', '--json']), refusal);
    expect(await acquired(at)).toEqual({ path, bytes: bytes.length });
  });
});

describe(`${TASKS} tasks that ask for one artifact at once`, () => {
  it('transfer it once, all of them have it, and those that waited say so', async () => {
    const at = copyPlace(place);
    const before = mirror.asked.length;
    // Nothing is served before one of them waits for another.
    let waits = (): void => undefined;
    const somebodyWaits = new Promise<void>((done) => (waits = done));
    mirror.answer = (request, response) => void somebodyWaits.then(() => serveRanges(bytes)(request, response));
    const tasks = Array.from({ length: TASKS }, () => start(at, [...args, '--json']));
    for (const { child } of tasks) {
      child.stderr?.on('data', (text: string) => {
        if (text.includes('another process is fetching')) waits();
      });
    }
    const ran = await Promise.all(tasks.map(({ ended }) => ended));
    expect(ran.map(({ exit, stderr }) => (exit === 0 ? '' : stderr))).toEqual(Array<string>(TASKS).fill(''));
    const transferred = ran.map(
      ({ stdout }) =>
        (JSON.parse(stdout) as { artifacts: { downloaded_bytes: number }[] }).artifacts[0]?.downloaded_bytes,
    );
    expect(transferred.filter((count) => count !== 0)).toEqual([bytes.length]);
    expect(mirror.asked.length - before).toBe(1);
    expect(leftovers(at)).toEqual([]);
    await expectSoundStore(at);
  });
});

describe('store prune', () => {
  it('keeps what the newest versions need, whatever the size, and says first what would go', async () => {
    const at = makePlace();
    for (const version of ['1.0.0', '1.1.0', '1.2.0']) {
      const program = await makeUpstream(join(at.base, `program-${version}`), { version: `fake ${version}\n` });
      publish(at.upstream, program.path, version);
      await mustRun(at, ['lock', 'fake', version]);
    }
    const prune = ['store', 'prune', '--max-size', '0', '--json'];
    const removed = async (...more: string[]): Promise<string> =>
      JSON.stringify(documentOf(await mustRun(at, [...prune, ...more]))['removed']);
    const before = filesBelow(at.store);
    const planned = await removed('--keep', 'newest:2', '--dry-run');
    expect(filesBelow(at.store)).toEqual(before);
    expect(await removed('--keep', 'newest:2')).toBe(planned);
    expect(planned).toContain('1.0.0');
    expect(planned).not.toMatch(/1\.[12]\.0/);
    for (const [version, there] of [
      ['1.0.0', false],
      ['1.1.0', true],
      ['1.2.0', true],
    ] as const) {
      const ran = documentOf(await mustRun(at, ['acquire', 'fake', version, '--target', HOST_TARGET, '--json']));
      const [artifact] = ran['artifacts'] as { downloaded_bytes: number }[];
      expect([version, artifact?.downloaded_bytes === 0]).toEqual([version, there]);
    }
    // The newest version stays unless somebody says otherwise.
    expect(await removed()).toMatch(/1\.0\.0.*1\.1\.0|1\.1\.0.*1\.0\.0/);
    const refusal = { exit: 2, code: 'KEEP_INVALID', names: ['newest:2'] } as const;
    expectRefusal(await run(at, [...prune, '--keep', 'newest:none']), refusal);
    await expectSoundStore(at);
  });
});
