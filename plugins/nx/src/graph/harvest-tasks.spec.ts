import { describe, expect, it } from '@jest/globals';
import { inferRoot } from './infer-root.js';
import { withDefaults } from './options.js';
import type { RootFacts, VersionFacts } from './read-root.js';

const TARGET = 'x86_64-unknown-linux-musl';
const own = (id: string) => ({ ids: [id], inputs: [`{workspaceRoot}/own/${id}/**/*`] });
const versionWith = (version: string, scenarios: readonly string[]): VersionFacts => ({
  version,
  entries: [{ target: TARGET, digest: `digest of ${version}`, binarySha256: '1'.repeat(64) }],
  scenarios,
});

function tasksOf(versions: readonly VersionFacts[], named: readonly string[] = []) {
  const root: RootFacts = {
    name: 'made-up',
    folder: 'cli_manifests/made-up',
    manifest: { required: TARGET, expected: [TARGET], dialect: 'clap', sources: ['npm'], scenarios: named },
    versions,
  };
  const projects = inferRoot(root, {
    options: withDefaults({}),
    code: { of: (step, { scenarios = [] }) => scenarios.map((folder) => `{workspaceRoot}/${step}/${folder}/**`) },
    config: { all: [], scenarios: [own('made-up-one'), own('two')] },
  });
  const byName = Object.values(projects).map(({ name, targets = {} }) => [String(name), targets] as const);
  return Object.fromEntries(byName);
}
const namesOf = (targets = {}): readonly string[] => Object.keys(targets).filter((name) => name.startsWith('harvest'));

describe('the tasks over recorded streams', () => {
  it('are one for each scenario of the version, and one that waits for them', () => {
    const tasks = tasksOf([versionWith('1.0.0', ['one', 'two'])]);
    expect(namesOf(tasks['made-up@1.0.0'])).toEqual(['harvest:one', 'harvest:two', 'harvest']);
    expect(tasks['made-up@1.0.0']?.['harvest']?.dependsOn).toEqual([
      { target: 'harvest:one' },
      { target: 'harvest:two' },
    ]);
    expect(tasks['made-up']?.['harvest']?.dependsOn).toEqual([{ projects: ['made-up@1.0.0'], target: 'harvest' }]);
  });

  it('hash the scenario, its streams and the lock entry, and no other scenario', () => {
    const task = tasksOf([versionWith('1.0.0', ['one', 'two'])])['made-up@1.0.0']?.['harvest:one'];
    expect(task?.options).toMatchObject({ scenario: 'one', digest: 'digest of 1.0.0', version: '1.0.0' });
    expect(task?.inputs).toEqual([
      'cliparity',
      '{workspaceRoot}/integration/fixtures/made-up/1.0.0/one{.,_}*',
      '{workspaceRoot}/harvest/made-up/**',
      '{workspaceRoot}/harvest/one/**',
      '{workspaceRoot}/harvest/made-up-one/**',
      '{workspaceRoot}/own/made-up-one/**/*',
    ]);
    const whole = tasksOf([versionWith('1.0.0', ['one', 'two'])])['made-up@1.0.0']?.['harvest'];
    expect(whole?.inputs).toContain('{workspaceRoot}/integration/fixtures/made-up/1.0.0/**/*');
    expect(whole?.inputs).toContain('{workspaceRoot}/own/two/**/*');
  });

  it('are pulled in by no other task', () => {
    const tasks = tasksOf([versionWith('1.0.0', ['one'])]);
    for (const targets of Object.values(tasks)) {
      for (const [name, { dependsOn = [] }] of Object.entries(targets)) {
        if (!name.startsWith('harvest')) expect(JSON.stringify(dependsOn)).not.toContain('harvest');
      }
    }
  });

  it('are not there where nothing was recorded', () => {
    const tasks = tasksOf([versionWith('1.0.0', [])]);
    expect(Object.values(tasks).flatMap(namesOf)).toEqual([]);
  });

  it('say how the newest version gets its streams when only an older one has any', () => {
    const tasks = tasksOf([versionWith('0.9.0', ['one']), versionWith('1.0.0', [])]);
    expect(namesOf(tasks['made-up@0.9.0'])).toEqual(['harvest:one', 'harvest']);
    expect(tasks['made-up']?.['harvest']?.options).toMatchObject({
      problem: 'made-up 1.0.0 has no recorded streams: cliparity harvest made-up 1.0.0',
    });
  });

  it('ask of the newest version what the manifest names', () => {
    const tasks = tasksOf([versionWith('0.9.0', ['one']), versionWith('1.0.0', ['one'])], ['three', 'one']);
    expect(namesOf(tasks['made-up@1.0.0'])).toEqual(['harvest:one', 'harvest:three', 'harvest']);
    expect(namesOf(tasks['made-up@0.9.0'])).toEqual(['harvest:one', 'harvest']);
  });
});
