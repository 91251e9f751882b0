import { describe, expect, it } from '@jest/globals';
import { LockEntrySchema } from '@cliparity/model';
import { entryDigest } from './entry-digest.js';
import { inferRoot, type Projects, type Surroundings } from './infer-root.js';
import { withDefaults } from './options.js';
import type { CodeInputs } from './own-code.js';
import type { RootFacts, VersionFacts } from './read-root.js';
import { entryOf, TARGETS } from './small-root.fixture.js';

const code: CodeInputs = { of: (step, { targets }) => [`{workspaceRoot}/code/${step}/${targets.join('+')}`] };
const surroundings: Surroundings = {
  options: withDefaults({ inputs: ['{workspaceRoot}/mine/**'] }),
  code,
  config: { all: [], scenarios: [{ ids: ['made-up-one'], inputs: ['{workspaceRoot}/scenarios/one/**'] }] },
};
const VERSIONS = ['0.9.0', '1.0.0'] as const;

type Entry = Record<string, unknown>;
const factsOf = (version: string, entries: readonly Entry[]): VersionFacts => ({
  version,
  entries: entries.map((entry) => ({
    target: String(entry['target_triple']),
    digest: entryDigest(entry),
    binarySha256: String(entry['binary_sha256']),
  })),
  scenarios: [],
});
const entries = (version: string): Entry[] => TARGETS.map((target) => entryOf(version, target));

function rootWith(change: Partial<RootFacts> = {}): RootFacts {
  return {
    name: 'made-up',
    folder: 'cli_manifests/made-up',
    manifest: { required: TARGETS[0], expected: [...TARGETS], dialect: 'clap', sources: ['npm'], scenarios: [] },
    versions: VERSIONS.map((version) => factsOf(version, entries(version))),
    ...change,
  };
}
const infer = (root = rootWith()): Projects => inferRoot(root, surroundings);
const ROOT = 'cli_manifests/made-up';

describe('inferRoot', () => {
  it('gives one project for the root and one per version', () => {
    const projects = infer();
    expect(Object.keys(projects)).toEqual([ROOT, `${ROOT}/snapshots/0.9.0`, `${ROOT}/snapshots/1.0.0`]);
    expect(Object.values(projects).map(({ name }) => name)).toEqual(['made-up', 'made-up@0.9.0', 'made-up@1.0.0']);
    expect(projects[`${ROOT}/snapshots/0.9.0`]?.implicitDependencies).toEqual(['made-up']);
  });

  it('gives a version acquire, capture and snapshot per target, and union and report', () => {
    const targets = infer()[`${ROOT}/snapshots/1.0.0`]?.targets ?? {};
    const [linux, mac] = TARGETS;
    const perTarget = (target: string): string[] => [`acquire:${target}`, `capture:${target}`, `snapshot:${target}`];
    expect(Object.keys(targets)).toEqual([...perTarget(linux), ...perTarget(mac), 'union', 'report']);
    expect(targets['union']?.dependsOn).toEqual([{ target: `snapshot:${linux}` }]);
    expect(targets['report']?.dependsOn).toEqual([{ target: 'union' }]);
    expect(Object.values(targets).every(({ cache }) => cache === true)).toBe(true);
  });

  it('hashes the snapshots that the union does not wait for as files, and the one it waits for as an output', () => {
    const union = infer()[`${ROOT}/snapshots/1.0.0`]?.targets?.['union'];
    expect(union?.inputs).toContainEqual({ dependentTasksOutputFiles: '**/*.json' });
    expect(union?.inputs).toContain(`{workspaceRoot}/${ROOT}/snapshots/1.0.0/${TARGETS[1]}.json`);
    expect(union?.inputs).not.toContain(`{workspaceRoot}/${ROOT}/snapshots/1.0.0/${TARGETS[0]}.json`);
  });

  it('stands the root’s tasks on the newest version', () => {
    const root = infer()[ROOT];
    expect(Object.keys(root?.targets ?? {})).toEqual(['acquire', 'snapshot', 'union', 'report', 'validate']);
    for (const task of Object.values(root?.targets ?? {})) {
      expect(task.cache).toBe(true);
      for (const needed of task.dependsOn ?? []) expect(needed).toMatchObject({ projects: ['made-up@1.0.0'] });
    }
  });

  it('never takes the host or the clock for an input', () => {
    const all = Object.values(infer()).flatMap(({ targets = {} }) => Object.values(targets));
    const named = Object.values(infer()).map(({ namedInputs = {} }) => namedInputs['cliparity'] ?? []);
    for (const list of named)
      expect(list).toEqual([`{workspaceRoot}/${ROOT}/cliparity.json`, '{workspaceRoot}/mine/**']);
    const inputs = [...all.flatMap((target) => target.inputs ?? []), ...named.flat()];
    expect(inputs.filter((input) => typeof input === 'object' && ('runtime' in input || 'env' in input))).toEqual([]);
    for (const target of all) {
      if (target.executor !== 'nx:noop') expect(target.inputs).toContain('cliparity');
    }
  });

  it.each(Object.keys(LockEntrySchema.properties))('changes exactly one version’s project with the key %s', (key) => {
    const before = infer();
    const [first, ...others] = entries('0.9.0');
    const moved = key === 'semantic_version';
    const changed = { ...first, [key]: moved ? '0.9.1' : key === 'target_triple' ? TARGETS[1] : 'other' };
    const after = infer(
      rootWith({
        versions: [
          factsOf('0.9.0', moved ? others : [changed, ...others]),
          ...(moved ? [factsOf('0.9.1', [changed])] : []),
          factsOf('1.0.0', entries('1.0.0')),
        ],
      }),
    );
    const differs = Object.keys({ ...before, ...after }).filter(
      (folder) => JSON.stringify(before[folder]?.targets) !== JSON.stringify(after[folder]?.targets),
    );
    expect(differs).toEqual([`${ROOT}/snapshots/0.9.0`, ...(moved ? [`${ROOT}/snapshots/0.9.1`] : [])]);
  });

  it('adds a version without touching the others, newest or not', () => {
    const before = infer();
    const versions = [factsOf('0.8.0', entries('0.8.0')), ...rootWith().versions];
    const after = infer(rootWith({ versions }));
    for (const folder of Object.keys(before)) expect(after[folder]?.targets).toEqual(before[folder]?.targets);
  });

  it('leaves out entries of targets that the root does not expect, and a union without its required target', () => {
    const versions = [factsOf('1.0.0', [entryOf('1.0.0', 'made-up-target'), entryOf('1.0.0', TARGETS[1])])];
    const targets = infer(rootWith({ versions }))[`${ROOT}/snapshots/1.0.0`]?.targets ?? {};
    expect(Object.keys(targets)).toHaveLength(5);
    expect(targets['union']?.dependsOn).toEqual([]);
  });

  it('gives a broken root tasks that fail with the reason and are not cached', () => {
    const { targets = {} } =
      infer(rootWith({ problem: `${ROOT}/cliparity.json is not JSON`, versions: [] }))[ROOT] ?? {};
    expect(Object.keys(targets)).toEqual(['acquire', 'snapshot', 'union', 'report', 'validate']);
    for (const { cache, options } of Object.values(targets)) {
      expect(cache).not.toBe(true);
      expect(options).toMatchObject({ problem: `${ROOT}/cliparity.json is not JSON` });
    }
  });

  it('lets a root without a lock be validated, and says what the rest lacks', () => {
    const { targets = {} } = infer(rootWith({ versions: [] }))[ROOT] ?? {};
    expect(targets['report']?.options).toMatchObject({
      problem: expect.stringMatching(/cliparity lock made-up VERSION/),
    });
    expect(targets['validate']?.options).not.toHaveProperty('problem');
  });

  it('lets a root in the older format be validated', () => {
    const root = { name: 'made-up', folder: ROOT, older: true, versions: [] };
    expect(Object.keys(infer(root)[ROOT]?.targets ?? {})).toEqual(['validate']);
  });

  it('puts our version into the options where Nx cannot know it', () => {
    const projects = inferRoot(rootWith(), { ...surroundings, code: { ...code, version: '9.9.9' } });
    expect(projects[ROOT]?.targets?.['report']?.options).toMatchObject({ tool: '9.9.9' });
  });

  it('names the project as the option says', () => {
    const options = withDefaults({ projectName: 'cli-{root}' });
    const projects = inferRoot(rootWith(), { ...surroundings, options });
    expect(Object.values(projects).map(({ name }) => name)).toContain('cli-made-up@1.0.0');
    expect(projects[ROOT]?.targets?.['union']?.dependsOn).toEqual([
      { projects: ['cli-made-up@1.0.0'], target: 'union' },
    ]);
  });
});
