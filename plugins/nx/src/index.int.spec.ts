import { rmSync } from 'node:fs';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { CreateDependenciesContext, CreateNodesResultArray } from '@nx/devkit';
import { folderWith, lockOf, manifestOf } from './graph/small-root.fixture.js';
import { createDependencies, createNodes, createNodesV2, type CliparityNxOptions } from './index.js';

const made: string[] = [];
afterEach(() => {
  jest.restoreAllMocks();
  made.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true }));
});

async function infer(files: Readonly<Record<string, unknown>>, options?: CliparityNxOptions) {
  const workspaceRoot = folderWith(files);
  made.push(workspaceRoot);
  const names = Object.keys(files).filter((name) => /cliparity\.json$|artifacts\.lock\.json$|RULES\.json$/.test(name));
  return createNodes[1](names, options, { workspaceRoot, nxJsonConfiguration: {} }) as CreateNodesResultArray;
}
const namesOf = (nodes: CreateNodesResultArray): unknown[] =>
  nodes.flatMap(([, { projects = {} }]) => Object.values(projects).map(({ name }) => name));

describe('createNodes', () => {
  it('is there under both names', () => {
    expect(createNodesV2).toEqual(createNodes);
  });

  it('gives nothing, and asks nothing, where there are no roots', async () => {
    expect(await infer({ 'package.json': {} })).toEqual([]);
  });

  it('finds roots in the folder of the options and nowhere else', async () => {
    const files = {
      'roots/a/cliparity.json': manifestOf(),
      'roots/a/artifacts.lock.json': lockOf(['1.0.0']),
      'roots/a/deeper/b/cliparity.json': manifestOf(),
      'cli_manifests/c/cliparity.json': manifestOf(),
    };
    expect(namesOf(await infer(files, { manifests: './roots/' }))).toEqual(['a', 'a@1.0.0']);
    expect(namesOf(await infer(files))).toEqual(['c']);
  });

  it('says where it looks when what is there is elsewhere, and which option it does not have', async () => {
    const said: string[] = [];
    jest.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
    const files = { 'roots/a/cliparity.json': manifestOf(), 'roots/a/artifacts.lock.json': lockOf(['1.0.0']) };
    expect(await infer(files, { manifest: 'roots' } as CliparityNxOptions)).toEqual([]);
    expect(said.join('')).toMatch(/option manifest, which it does not have\n/);
    expect(said.join('')).toMatch(/roots\/a\/cliparity\.json is not in cli_manifests\/, .* option manifests/);
    said.length = 0;
    await infer(files, { manifests: 'roots' });
    expect(said).toEqual([]);
  });

  it('keeps the other roots when one is broken, and names the file on standard error', async () => {
    const said: string[] = [];
    jest.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
    const nodes = await infer({
      'cli_manifests/bad/cliparity.json': '{',
      'cli_manifests/good/cliparity.json': manifestOf(),
      'cli_manifests/good/artifacts.lock.json': lockOf(['1.0.0']),
      'cli_manifests/orphan/artifacts.lock.json': lockOf(['1.0.0']),
      'cli_manifests/older/RULES.json': {},
    });
    expect(namesOf(nodes)).toEqual(['bad', 'good', 'good@1.0.0', 'older', 'orphan']);
    expect(said.join('')).toMatch(/cli_manifests\/bad\/cliparity\.json is not JSON/);
    expect(said.join('')).toMatch(/cli_manifests\/orphan\/cliparity\.json does not exist/);
  });
});

describe('createDependencies', () => {
  const project = (tag: string) => ({ root: tag, tags: [tag] });
  const context = (externalNodes: object): CreateDependenciesContext =>
    ({
      projects: { codex: project('cliparity:root'), app: project('other'), bare: { root: 'bare' } },
      externalNodes,
    }) as unknown as CreateDependenciesContext;

  it('ties the roots to our package where it is installed', async () => {
    expect(await createDependencies({}, context({ 'npm:@cliparity/nx': {} }))).toEqual([
      { source: 'codex', target: 'npm:@cliparity/nx', type: 'implicit' },
    ]);
  });

  it('ties nothing where we are not in the lock file', async () => {
    expect(await createDependencies({}, context({}))).toEqual([]);
  });
});
