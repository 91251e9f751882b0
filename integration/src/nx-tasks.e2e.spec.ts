import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { mustRun, run } from './support/command.js';
import { HOST_TARGET, makeUpstream, OTHER_TARGET, publish } from './support/fake-upstream.js';
import { makeLockedPlace } from './support/finished-place.js';
import { nx, outcomes, secondClone, withNx } from './support/nx.js';
import { editJson, emptyStore, makePlace, put, removePlaces, type Place } from './support/place.js';
import { filesBelow } from './support/traces.js';

jest.setTimeout(180_000);
afterAll(removePlaces);

const NOTHING_WORKS = { PATH: '/nonexistent', CLIPARITY_STORE: '/nonexistent/store' };
/** Another name for what this machine runs. */
const SECOND_TARGET = `${process.platform}-${process.arch}`;
const unionOf = (place: Place): { readonly inputs: readonly object[] } =>
  JSON.parse(readFileSync(join(place.root, 'snapshots/1.0.0/union.json'), 'utf8')) as { inputs: object[] };
function publishFor(upstream: string, program: string, target: string): void {
  mkdirSync(join(upstream, '1.0.0', target), { recursive: true });
  copyFileSync(program, join(upstream, '1.0.0', target, 'fake'));
}
const ofHost = (version: string): readonly string[] =>
  ['acquire', 'capture', 'snapshot'].map((step) => `fake@${version}:${step}:${HOST_TARGET}`);
const chain = (version: string): readonly string[] => [
  ...ofHost(version),
  `fake@${version}:union`,
  `fake@${version}:report`,
];

describe('the tasks of a root in a user’s workspace', () => {
  let place: Place;
  beforeAll(async () => {
    place = await withNx(await makeLockedPlace());
  });

  it('run the whole chain: acquire, capture, snapshot, union, report, and show the table', async () => {
    const first = await nx(place, ['run', 'fake:report']);
    expect(first.exit).toBe(0);
    expect(Object.keys(first.tasks).sort()).toEqual([...chain('1.0.0'), 'fake:report'].sort());
    expect(outcomes(first)).toEqual(['ran']);
    expect(first.output).toContain('cli_manifests/fake/reports/1.0.0/coverage.any.json');
    expect(filesBelow(join(place.workspace, '.cliparity/receipts/fake'))).toEqual([
      `acquire-1.0.0-${HOST_TARGET}.json`,
      `capture-1.0.0-${HOST_TARGET}.json`,
    ]);
  });

  it('are hits the second time: nothing fetched, nothing spawned, the same words', async () => {
    const second = await nx(place, ['run', 'fake:report'], NOTHING_WORKS);
    expect(second.exit).toBe(0);
    expect(outcomes(second)).toEqual(['local']);
    expect(second.output).toContain('cli_manifests/fake/reports/1.0.0/coverage.any.json');
  });

  it('make what the command makes', async () => {
    expect(await run(place, ['report', 'fake', '1.0.0', '--check'])).toMatchObject({ exit: 0 });
    expect(await run(place, ['validate', 'fake'])).toMatchObject({ exit: 0 });
  });

  it('stay hits when the store was emptied, and bring back a snapshot that was deleted by hand', async () => {
    emptyStore(place);
    const snapshot = join(place.root, 'snapshots/1.0.0', `${HOST_TARGET}.json`);
    const before = readFileSync(snapshot);
    rmSync(snapshot);
    const again = await nx(place, ['run', 'fake:report'], NOTHING_WORKS);
    expect(outcomes(again)).toEqual(['local']);
    expect(readFileSync(snapshot)).toEqual(before);
  });

  it('validate as a hit, until a file of the root changes, and fail while one is wrong', async () => {
    expect((await nx(place, ['run', 'fake:validate'])).exit).toBe(0);
    expect(outcomes(await nx(place, ['run', 'fake:validate']))).toEqual(['local']);
    const coverage = join(place.root, 'wrapper_coverage.json');
    const before = readFileSync(coverage);
    put(coverage, '{ "schema_version": 2 }\n');
    const broken = await nx(place, ['run', 'fake:validate', '--excludeTaskDependencies']);
    put(coverage, before);
    expect(broken.exit).not.toBe(0);
    expect(broken.tasks['fake:validate']).toBe('failed');
    expect(broken.output).toContain('wrapper_coverage.json');
  });

  it('fail for a target of another system with NOT_RUNNABLE_HERE, and never from the cache', async () => {
    for (let round = 0; round < 2; round += 1) {
      const ran = await nx(place, ['run', `fake@1.0.0:snapshot:${OTHER_TARGET}`]);
      expect(ran.exit).not.toBe(0);
      expect(ran.output).toContain('NOT_RUNNABLE_HERE');
      expect(ran.tasks[`fake@1.0.0:capture:${OTHER_TARGET}`]).toBe('failed');
    }
  });

  it('do not write what a cut cache entry holds on without a word', async () => {
    const copy = secondClone(place);
    expect((await nx(copy, ['run', 'fake@1.0.0:union'])).exit).toBe(0);
    const cache = join(copy.workspace, '.nx/cache');
    const entries = readdirSync(cache, { recursive: true, encoding: 'utf8' });
    const [entry] = entries.filter((name) => name.endsWith(`${HOST_TARGET}.json`) && name.includes('snapshots'));
    truncateSync(join(cache, entry as string), 100);
    rmSync(join(copy.root, 'snapshots'), { recursive: true });
    const ran = await nx(copy, ['run', 'fake@1.0.0:union']);
    expect(ran.exit).not.toBe(0);
    expect(ran.tasks['fake@1.0.0:union']).toBe('failed');
    expect(ran.output).toMatch(/error \w+: .*snapshots\/1\.0\.0/);
    // What it says helps: the entry would be a hit for ever.
    expect(ran.output).toContain('nx reset');
    await nx(copy, ['reset']);
    expect(await nx(copy, ['run', 'fake@1.0.0:union'])).toMatchObject({ exit: 0 });
  });
});

describe('a committed snapshot of a target that does not run here', () => {
  let place: Place;
  const other = `fake@1.0.0:snapshot:${OTHER_TARGET}`;
  const file = (): string => join(place.root, 'snapshots/1.0.0', `${OTHER_TARGET}.json`);

  /** The bytes are the same for both targets, so the other machine’s snapshot is known. */
  beforeAll(async () => {
    place = await withNx(await makeLockedPlace());
    const require = (target: string): void =>
      editJson<{ targets: { required: string } }>(join(place.root, 'cliparity.json'), (manifest) => {
        manifest.targets.required = target;
      });
    await mustRun(place, ['snapshot', 'fake', '1.0.0', '--target', HOST_TARGET]);
    const text = readFileSync(join(place.root, 'snapshots/1.0.0', `${HOST_TARGET}.json`), 'utf8');
    put(file(), text);
    const expected = await run(place, ['snapshot', 'fake', '1.0.0', '--target', OTHER_TARGET, '--json']);
    expect(expected.exit).toBe(3);
    editJson<{ binary: Record<string, unknown> }>(file(), ({ binary }) => {
      binary['target_triple'] = OTHER_TARGET;
      binary['platform'] = { os: 'windows', arch: 'x86_64' };
    });
    require(HOST_TARGET);
  });

  it('does not stand when it records another binary', async () => {
    const ran = await nx(place, ['run', other]);
    expect(ran.exit).not.toBe(0);
    expect(ran.output).toContain('NOT_RUNNABLE_HERE');
  });

  it('stands when it is up to date, and nothing is fetched for it', async () => {
    const { lockEntryDigest } = await import('./support/stands.js');
    editJson<{ provenance: { inputs: { name: string; sha256: string }[] } }>(file(), (snapshot) => {
      const [entry] = snapshot.provenance.inputs;
      (entry as { sha256: string }).sha256 = lockEntryDigest(place, '1.0.0', OTHER_TARGET);
    });
    const bytes = readFileSync(file());
    emptyStore(place);
    const ran = await nx(place, ['run', other]);
    expect(ran).toMatchObject({ exit: 0 });
    expect(readFileSync(file())).toEqual(bytes);
    expect(existsSync(place.store) ? filesBelow(place.store) : []).toEqual([]);
    expect(outcomes(await nx(place, ['run', other], NOTHING_WORKS))).toEqual(['local']);
  });
});

describe('a snapshot of another target that changes in the same run', () => {
  it('comes after the union, which was hashed without it, and enters the next one', async () => {
    const place = await withNx(
      makePlace({ targets: { required: HOST_TARGET, expected: [HOST_TARGET, SECOND_TARGET] } }),
    );
    const program = await makeUpstream(join(place.base, 'program'));
    publish(place.upstream, program.path);
    publishFor(place.upstream, program.path, SECOND_TARGET);
    await mustRun(place, ['lock', 'fake', '1.0.0']);
    const both = ['run-many', '-t', `snapshot:${SECOND_TARGET}`, 'union', '-p', 'fake@1.0.0'];
    const seen = (): number => unionOf(place).inputs.length;
    expect(await nx(place, both)).toMatchObject({ exit: 0 });
    expect(seen()).toBe(1);
    const second = await nx(place, both);
    expect(second.tasks).toMatchObject({
      'fake@1.0.0:union': 'ran',
      [`fake@1.0.0:snapshot:${SECOND_TARGET}`]: 'local',
    });
    expect(seen()).toBe(2);
    expect(outcomes(await nx(place, both))).toEqual(['local']);
  });
});

describe('one bad task', () => {
  it('fails alone: what does not wait for it runs in the same batch', async () => {
    const place = await withNx(makePlace());
    const program = await makeUpstream(join(place.base, 'program'));
    publish(place.upstream, program.path);
    await mustRun(place, ['lock', 'fake', '1.0.0']);
    const newer = await makeUpstream(join(place.base, 'newer'), { version: 'fake 1.1.0\n' });
    publish(place.upstream, newer.path, '1.1.0');
    await mustRun(place, ['lock', 'fake', '1.1.0']);
    emptyStore(place);
    rmSync(join(place.upstream, '1.1.0'), { recursive: true });
    const ran = await nx(place, ['run-many', '-t', 'report']);
    expect(ran.exit).not.toBe(0);
    expect(ran.tasks).toMatchObject(Object.fromEntries(chain('1.0.0').map((id) => [id, 'ran'])));
    expect(ran.tasks[`fake@1.1.0:acquire:${HOST_TARGET}`]).toBe('failed');
    expect(Object.keys(ran.tasks)).not.toContain('fake@1.1.0:union');
    expect(await program.runs()).toContain('--help');
    const again = await nx(place, ['run-many', '-t', 'report']);
    expect(again.tasks).toMatchObject(Object.fromEntries(chain('1.0.0').map((id) => [id, 'local'])));
  });
});
