import { rmSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { mustRun, run, start } from './support/command.js';
import { HOST_TARGET, makeUpstream, PAGES, publish } from './support/fake-upstream.js';
import type { Loopback } from './support/loopback.js';
import { packed, registryOf, useRegistry } from './support/npm-registry.js';
import { copyPlace, emptyStore, makePlace, newFolder, removePlaces, type Place } from './support/place.js';
import { expectSoundStore } from './support/refusals.js';
import { committed, leftovers } from './support/traces.js';

jest.setTimeout(180_000);

const ONLY_HERE = { required: HOST_TARGET, expected: [HOST_TARGET] };
const slow = (text: string) => ({ stdout: text, behaviour: { kind: 'slow', seconds: 0.1 } }) as const;

/** One place per state that a step starts from. The registry tells times, so a lock made twice has the same bytes. */
interface Stages {
  readonly written: Place;
  readonly locked: Place;
  readonly read: Place;
  readonly merged: Place;
}
let registry: Loopback;
let stages: Stages;

beforeAll(async () => {
  const written = makePlace();
  registry = await useRegistry(written, { targets: ONLY_HERE });
  const pages = { '': PAGES[''], run: slow(PAGES.run), list: slow(PAGES.list) };
  const tarballs: Record<string, Buffer> = {};
  for (const version of ['1.0.0', '1.1.0']) {
    const program = await makeUpstream(newFolder(), { version: `fake ${version}\n`, pages });
    tarballs[version] = await packed(readFileSync(program.path));
  }
  registry.answer = registryOf(registry.url, tarballs);
  const locked = copyPlace(written);
  await mustRun(locked, ['lock', 'fake', '1.0.0']);
  emptyStore(locked);
  const read = copyPlace(locked);
  await mustRun(read, ['snapshot', 'fake', '1.0.0']);
  const merged = copyPlace(read);
  await mustRun(merged, ['union', 'fake', '1.0.0']);
  stages = { written, locked, read, merged };
});
afterAll(async () => {
  await registry.close();
  removePlaces();
});

/** Kills this hard: no handler runs, nothing is flushed. */
async function killAfter(place: Place, words: readonly string[], milliseconds: number): Promise<void> {
  const { child, ended } = start(place, words);
  await pause(milliseconds);
  child.kill('SIGKILL');
  await ended;
}

const STEPS: readonly { readonly words: readonly string[]; readonly from: keyof Stages; readonly kills: number }[] = [
  { words: ['lock', 'fake', '1.0.0'], from: 'written', kills: 3 },
  { words: ['acquire', 'fake', '1.0.0'], from: 'locked', kills: 3 },
  { words: ['snapshot', 'fake', '1.0.0'], from: 'locked', kills: 4 },
  { words: ['union', 'fake', '1.0.0'], from: 'read', kills: 3 },
  { words: ['report', 'fake', '1.0.0'], from: 'merged', kills: 3 },
  { words: ['report', 'fake', '1.0.0', '--chain'], from: 'locked', kills: 4 },
];

describe('kill -9', () => {
  it.each(STEPS.map((step) => [step.words.join(' '), step] as const))(
    'in %s at random points: the same command then gives the same bytes',
    async (_, { words, from, kills }) => {
      const calm = copyPlace(stages[from]);
      const began = performance.now();
      await mustRun(calm, words);
      const whole = performance.now() - began;
      for (let kill = 0; kill < kills; kill += 1) {
        const place = copyPlace(stages[from]);
        // The first third is Node starting up.
        const after = Math.round(whole * (0.3 + 0.7 * Math.random()));
        await killAfter(place, words, after);
        const again = await run(place, words);
        expect({ after, exit: again.exit, stderr: again.exit === 0 ? '' : again.stderr }).toEqual({
          after,
          exit: 0,
          stderr: '',
        });
        expect({ after, files: committed(place) }).toEqual({ after, files: committed(calm) });
        // Private folders are the next test's matter; a dead process's lock of the store is taken over by whoever wants it.
        const left = leftovers(place).filter((file) => !/\.cliparity\/tmp\/|^store\/locks\//.test(file));
        expect({ after, left }).toEqual({ after, left: [] });
        await expectSoundStore(place);
      }
    },
  );

  it('while a page is read: the next run of it clears the private folders that the killed one left', async () => {
    const place = makePlace({ targets: ONLY_HERE });
    const pages = { run: { stdout: PAGES.run, behaviour: { kind: 'slow', seconds: 1 } } } as const;
    const program = await makeUpstream(newFolder(), { pages });
    publish(place.upstream, program.path);
    await mustRun(place, ['lock', 'fake', '1.0.0']);
    const { child, ended } = start(place, ['snapshot', 'fake', '1.0.0']);
    while (!(await program.runs()).includes('run --help')) await pause(20);
    child.kill('SIGKILL');
    await ended;
    await mustRun(place, ['snapshot', 'fake', '1.0.0']);
    expect(leftovers(place)).toEqual([]);
  });
});

describe('a polite end', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'by %s while a page hangs: exit 130, nothing left, no half surface',
    async (signal) => {
      const place = makePlace({ targets: ONLY_HERE });
      const program = await makeUpstream(newFolder(), { pages: { run: { behaviour: { kind: 'hang' } } } });
      publish(place.upstream, program.path);
      await mustRun(place, ['lock', 'fake', '1.0.0']);
      const before = committed(place);
      const { child, ended } = start(place, ['snapshot', 'fake', '1.0.0', '--json']);
      while (!(await program.runs()).includes('run --help')) await pause(20);
      child.kill(signal);
      const ran = await ended;
      expect(ran.exit).toBe(130);
      expect(JSON.parse(ran.stdout)).toMatchObject({ schema_version: 1, kind: 'error' });
      expect(ran.stdout).toContain('INTERRUPTED');
      expect([committed(place), leftovers(place)]).toEqual([before, []]);
    },
  );
});

describe('two at once', () => {
  const both = async (words: readonly (readonly string[])[], place: Place) =>
    Promise.all(words.map((one) => run(place, one)));
  const CHAIN = ['report', 'fake', '1.0.0', '--chain'];

  it('of the whole chain: both succeed, one transfer, the bytes of one alone', async () => {
    const alone = copyPlace(stages.locked);
    await mustRun(alone, CHAIN);
    const place = copyPlace(stages.locked);
    const before = registry.asked.filter((path) => path.endsWith('.tgz')).length;
    const ran = await both([CHAIN, CHAIN, CHAIN], place);
    expect(ran.map(({ exit, stderr }) => (exit === 0 ? '' : stderr))).toEqual(['', '', '']);
    expect(registry.asked.filter((path) => path.endsWith('.tgz')).length - before).toBe(1);
    expect(committed(place)).toEqual(committed(alone));
    expect(leftovers(place)).toEqual([]);
    await expectSoundStore(place);
  });

  it('that lock two versions: the lock has both', async () => {
    const place = copyPlace(stages.written);
    const ran = await both(
      [
        ['lock', 'fake', '1.1.0'],
        ['lock', 'fake', '1.0.0'],
      ],
      place,
    );
    expect(ran.map(({ exit, stderr }) => (exit === 0 ? '' : stderr))).toEqual(['', '']);
    const lock = JSON.parse(readFileSync(join(place.root, 'artifacts.lock.json'), 'utf8')) as {
      artifacts: { semantic_version: string }[];
    };
    expect(lock.artifacts.map((entry) => entry.semantic_version)).toEqual(['1.0.0', '1.1.0']);
    expect(leftovers(place)).toEqual([]);
  });

  it('of which one empties the store: the other one says so or succeeds, and the store is sound', async () => {
    const place = copyPlace(stages.locked);
    await mustRun(place, ['acquire', 'fake', '1.0.0']);
    rmSync(join(place.workspace, '.cliparity'), { recursive: true, force: true });
    const [chain, prune] = await both([CHAIN, ['store', 'prune', '--max-size', '0']], place);
    expect(prune?.exit).toBe(0);
    expect([0, 3]).toContain(chain?.exit);
    await expectSoundStore(place);
    await mustRun(place, CHAIN);
  });
});
