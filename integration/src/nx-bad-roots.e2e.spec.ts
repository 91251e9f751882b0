import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { HOUSE } from './support/clone.js';
import { HOST_TARGET } from './support/fake-upstream.js';
import { run } from './support/command.js';
import { makeLockedPlace } from './support/finished-place.js';
import { nx, withNx } from './support/nx.js';
import { manifestWith, put, removePlaces, type Place } from './support/place.js';

jest.setTimeout(180_000);
afterAll(removePlaces);

/** A whole lock entry, of the good root. */
function entryOf(place: Place): object {
  const lock = readFileSync(join(place.root, 'artifacts.lock.json'), 'utf8');
  return (JSON.parse(lock) as { artifacts: object[] }).artifacts[0] as object;
}

describe('a workspace with one good root and many bad ones', () => {
  let place: Place;
  const rootFile = (root: string, file: string): string => join(place.workspace, 'cli_manifests', root, file);

  beforeAll(async () => {
    place = await withNx(await makeLockedPlace());
    put(rootFile('broken', 'cliparity.json'), '{ "tool": ');
    put(rootFile('unlocked', 'cliparity.json'), manifestWith());
    put(rootFile('wrong-lock', 'cliparity.json'), manifestWith());
    put(rootFile('wrong-lock', 'artifacts.lock.json'), '<<<<<<< ours');
    put(rootFile('odd-target', 'cliparity.json'), manifestWith({ targets: { required: 'moon', expected: ['moon'] } }));
    put(rootFile('odd-target', 'artifacts.lock.json'), {
      version: 2,
      tool: 'fake-cli',
      artifacts: [{ ...entryOf(place), target_triple: 'moon' }],
    });
  });

  it('shows every root in the graph, and names the broken files', async () => {
    const ran = await nx(place, ['show', 'projects']);
    expect(ran.exit).toBe(0);
    for (const name of ['fake', 'fake@1.0.0', 'broken', 'unlocked', 'wrong-lock', 'odd-target@1.0.0']) {
      expect(ran.output.split('\n')).toContain(name);
    }
    expect(ran.output).toMatch(/cli_manifests\/broken\/cliparity\.json is not JSON/);
    expect(ran.output).toMatch(/cli_manifests\/wrong-lock\/artifacts\.lock\.json is not JSON/);
  });

  it('runs the good root', async () => {
    expect(await nx(place, ['run', 'fake:report'])).toMatchObject({ exit: 0 });
  });

  it.each([
    ['broken', 'report', /NX_ROOT_UNUSABLE: cli_manifests\/broken\/cliparity\.json is not JSON/],
    ['wrong-lock', 'union', /NX_ROOT_UNUSABLE: cli_manifests\/wrong-lock\/artifacts\.lock\.json is not JSON/],
    [
      'unlocked',
      'report',
      /cli_manifests\/unlocked\/artifacts\.lock\.json has no version: pin one with cliparity lock/,
    ],
    ['odd-target@1.0.0', 'acquire:moon', /TARGET_UNKNOWN: .*moon/],
  ])('fails %s:%s with the file’s name', async (project, task, words) => {
    const ran = await nx(place, ['run', `${project}:${task}`]);
    expect(ran.exit).not.toBe(0);
    expect(ran.output).toMatch(words);
  });

  it('says that a version is not there, and does nothing', async () => {
    const ran = await nx(place, ['run', 'fake@9.9.9:report']);
    expect(ran.exit).not.toBe(0);
    expect(ran.output).toContain('fake@9.9.9');
    expect(ran.tasks).toEqual({});
  });

  it('runs everything that can run, whatever fails beside it', async () => {
    const ran = await nx(place, ['run-many', '-t', 'report']);
    expect(ran.exit).not.toBe(0);
    expect(ran.tasks['fake:report']).toMatch(/local|ran/);
    expect(ran.tasks[`fake@1.0.0:snapshot:${HOST_TARGET}`]).toMatch(/local|ran/);
    expect(ran.tasks['broken:report']).toBe('failed');
  });
});

describe('two roots of one name', () => {
  it('are told by Nx, with both folders; the option projectName parts them', async () => {
    const place = await withNx(await makeLockedPlace());
    put(join(place.workspace, 'packages/fake/project.json'), { name: 'fake' });
    const ran = await nx(place, ['show', 'projects']);
    expect(ran.exit).not.toBe(0);
    expect(ran.output).toContain('cli_manifests/fake');
    expect(ran.output).toContain('packages/fake');
    put(join(place.workspace, 'nx.json'), {
      analytics: false,
      plugins: [{ plugin: '@cliparity/nx', options: { projectName: 'cli-{root}' } }],
    });
    const parted = await nx(place, ['show', 'projects']);
    expect(parted).toMatchObject({ exit: 0 });
    expect(parted.output.split('\n')).toEqual(expect.arrayContaining(['fake', 'cli-fake', 'cli-fake@1.0.0']));
  });
});

describe('a root in the older format', () => {
  let place: Place;
  const older = (file: string): string => join(place.workspace, 'cli_manifests/older', file);
  beforeAll(async () => {
    place = await withNx(await makeLockedPlace());
    put(older('RULES.json'), '{}');
  });

  it('has one task, which holds it to its own rules and runs again when a file of it changes', async () => {
    const shown = await nx(place, ['show', 'project', 'older', '--json']);
    const { targets } = JSON.parse(shown.output.slice(shown.output.indexOf('{'))) as { targets: object };
    expect(Object.keys(targets)).toEqual(['validate']);
    const first = await nx(place, ['run', 'older:validate']);
    expect(first.exit).not.toBe(0);
    expect(first.output).toMatch(/FILE_SCHEMA_INVALID.*RULES\.json/);
    put(older('RULES.json'), { union: 'none' });
    expect((await nx(place, ['run', 'older:validate'])).output).toMatch(/RULES\.json.*union|SCHEMA\.json/);
  });

  const DATA = join(process.env['CLIPARITY_REFERENCE'] ?? join(HOUSE, '../shared/reference/data'), 'unified-agent-api');
  const withData = existsSync(DATA) ? it : it.skip;
  withData('says of a real one what the command says (skipped without the reference data)', async () => {
    cpSync(join(DATA, 'codex'), older('.'), { recursive: true });
    const ran = await nx(place, ['run', 'older:validate', '--outputStyle=static']);
    const told = await run(place, ['validate', 'older', '--quiet']);
    expect([told.exit, ran.tasks['older:validate']]).toEqual([1, 'failed']);
    const files = (text: string): readonly string[] => [
      ...new Set(text.match(/reports\/[\d.]+\/coverage\.\S+\.json/g)),
    ];
    expect(files(ran.output)).toHaveLength(4);
    expect(files(ran.output)).toEqual(files(told.stdout));
  });
});
