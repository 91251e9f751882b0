import { existsSync, readFileSync, rmSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { execa } from 'execa';
import { HOUSE } from './support/clone.js';
import { HOST_TARGET } from './support/fake-upstream.js';
import { makePublishedPlace } from './support/finished-place.js';
import { linkPackages, nx, outcomes } from './support/nx.js';
import { startRegistry, type Registry } from './support/nx-registry.js';
import { editJson, newFolder, put, removePlaces, type Place } from './support/place.js';
import { filesBelow } from './support/traces.js';

jest.setTimeout(240_000);

/** The folders that the packages are built in, and their names. */
const PACKAGES = [
  ['cli', 'cliparity'],
  ['plugin-api', '@cliparity/plugin-api'],
  ['nx', '@cliparity/nx'],
  ['testkit', '@cliparity/testkit'],
  ['replay', '@cliparity/replay'],
] as const;
const MOON = 'riscv64gc-unknown-linux-musl';
/** A whole import or export statement, and where from. */
const IMPORT =
  /^(?:import|export)\s+(?:(?:type\s+)?(?:[\w$]+\s*,?\s*)?(?:\{[^}]*\}|\*(?:\s+as\s+[\w$]+)?)?\s*from\s*)?['"]([^'"]+)['"]/gm;
const bin = (name: string): string => join(HOUSE, 'node_modules/.bin', name);
const JEST_ESM = '--experimental-vm-modules --disable-warning=ExperimentalWarning';

let registry: Registry;
let folder: string;
let place: Place;

async function exitOf(file: string, words: readonly string[], cwd = folder): Promise<{ exit: unknown; said: string }> {
  const env = { HOME: place.home, CLIPARITY_STORE: place.store };
  const ended = await execa(file, [...words], { cwd, env, reject: false, all: true });
  return { exit: ended.exitCode, said: ended.all };
}
/** The command as it was installed. */
const cliparity = (...words: string[]) =>
  exitOf(join(place.workspace, 'node_modules/.bin/cliparity'), words, place.workspace);

beforeAll(async () => {
  folder = newFolder();
  place = await makePublishedPlace();
  rmSync(join(place.workspace, 'cli_manifests'), { recursive: true });
  registry = await startRegistry(folder);
  await execa(process.execPath, [join(HOUSE, 'tools/repo/bin/package.mjs'), folder, '--types', '--as-built']);
});
afterAll(() => {
  registry.close();
  removePlaces();
});

describe.each(PACKAGES)('the package %s as it is published', (built, name) => {
  const at = (...path: string[]): string => join(folder, built, ...path);

  it('is accepted by publint and are-the-types-wrong, and by a registry', async () => {
    expect(await exitOf(bin('publint'), ['--strict', at()])).toMatchObject({ exit: 0 });
    const packed = await execa('npm', ['pack', '--silent'], { cwd: at() });
    const tarball = at(packed.stdout.trim());
    expect(await exitOf(bin('attw'), [tarball, '--profile', 'esm-only'])).toMatchObject({ exit: 0 });
    expect(await registry.npm(at(), 'publish', tarball, '--tag', 'latest')).toMatchObject({ exit: 0 });
  });

  it('has a page, its licence, and the notices of what it bundles', () => {
    expect(filesBelow(at())).toEqual(expect.arrayContaining(['README.md', 'LICENSE']));
    const notices = filesBelow(at()).filter((file) => /(?:^|[/])THIRD-PARTY-NOTICES[.]txt$/.test(file));
    expect(notices).toHaveLength(1);
    const text = readFileSync(at(...notices), 'utf8');
    expect(text).not.toContain('licence not stated');
    if (built === 'cli') expect(text).toContain('commander');
  });

  it('names nothing that is private, and imports nothing that it does not depend on', () => {
    const manifest = JSON.parse(readFileSync(at('package.json'), 'utf8')) as Record<string, Record<string, string>>;
    const { dependencies, peerDependencies } = manifest;
    const known = Object.keys({ ...dependencies, ...peerDependencies });
    for (const other of Object.keys(dependencies ?? {})) expect(PACKAGES.map(([, one]) => one)).toContain(other);
    const files = filesBelow(at('dist')).filter((file) => /\.(?:js|d\.ts)$/.test(file));
    const imported = files
      .flatMap((file) => [...readFileSync(at('dist', file), 'utf8').matchAll(IMPORT)].map(([, word = '']) => word))
      .filter((word) => !/^(?:\.|node:)/.test(word) && !builtinModules.includes(word))
      .map((word) =>
        word
          .split('/')
          .slice(0, word.startsWith('@') ? 2 : 1)
          .join('/'),
      );
    expect(files.length).toBeGreaterThan(0);
    expect([...new Set(imported)].filter((other) => !known.includes(other) && other !== name)).toEqual([]);
  });
});

describe('a fresh project with the packages of the registry', () => {
  beforeAll(async () => {
    put(join(place.workspace, 'package.json'), { name: 'fresh', private: true, type: 'module' });
    const names = PACKAGES.map(([, name]) => `${name}@0.1.0`);
    const installed = await registry.npm(place.workspace, 'install', '--save-dev', '--save-exact', ...names);
    expect(installed).toMatchObject({ exit: 0 });
    // The registry of the test has nothing else, so Nx comes from here.
    linkPackages(place.workspace, ['nx', '@nx/devkit', '@types/node', 'undici-types']);
  });

  it('type-checks against their declarations', async () => {
    const uses = [
      `import { API_VERSION, CouldNotRun, definePlugin, type Dialect, type Scenario, type Source } from '@cliparity/plugin-api';`,
      `import { describeTarget, makeFakeCli, startModelServer, type ModelServer } from '@cliparity/testkit';`,
      `import { completeCall } from '@cliparity/replay';`,
      `import { createNodes, type CliparityNxOptions } from '@cliparity/nx';`,
      `export const dialect: Dialect['parse'] = (page) => ({ about: page.text, usage: [], commands: [], flags: [], args: [], unexplained: [] });`,
      // Were they `any`, everything would fit.
      `type Version = Parameters<typeof definePlugin>[0]['apiVersion'];`,
      `export const isNumber: string extends Version ? never : true = true;`,
      `export const all = [API_VERSION, CouldNotRun, describeTarget, makeFakeCli, completeCall, createNodes];`,
      `export const isUrl: unknown extends ModelServer['url'] ? never : Promise<ModelServer> = startModelServer({ api: 'openai-chat', answers: [] });`,
      `export type All = [Scenario, Source, CliparityNxOptions];`,
    ];
    put(join(place.workspace, 'uses.ts'), uses.join('\n'));
    const strict = ['--strict', '--noEmit', '--module', 'nodenext', '--target', 'es2022', '--types', 'node'];
    const { said } = await exitOf(bin('tsc'), [...strict, 'uses.ts'], place.workspace);
    // Nx's own declarations do not pass the checks that ours must.
    const wrong = said.split('\n').filter((line) => line.includes('error TS') && !line.includes('node_modules/nx/'));
    expect(wrong).toEqual([]);
  });

  it('asks the scripted model in a test of its own', async () => {
    const test = [
      `import { chat, startModelServer } from '@cliparity/testkit';`,
      `const server = await startModelServer({ api: 'openai-chat', answers: [chat.say('m', 'hello')] });`,
      `const ask = () => fetch(server.url + '/chat/completions', { method: 'POST', body: '{}' });`,
      `const said = [(await (await ask()).text()).includes('hello'), (await ask()).ok, server.problems().length];`,
      `process.stdout.write(said.join());`,
      `await server.close();`,
    ];
    put(join(place.workspace, 'asks.mjs'), test.join('\n'));
    expect(await exitOf(process.execPath, ['asks.mjs'], place.workspace)).toMatchObject({ said: 'true,false,1' });
  });

  it('starts a root with init, and reports: once, then all hits', async () => {
    const named = ['--source', 'local', '--path', 'upstream', '--binary', 'fake', '--dialect', 'clap'];
    const begun = await cliparity('init', 'fake', '--yes', '--nx', '--required', HOST_TARGET, ...named);
    expect(begun).toMatchObject({ exit: 0 });
    expect(await cliparity('lock', 'fake', '1.0.0')).toMatchObject({ exit: 0 });
    const first = await nx(place, ['run', 'fake:report']);
    expect(first).toMatchObject({ exit: 0 });
    expect(outcomes(first)).toEqual(['ran']);
    expect(outcomes(await nx(place, ['run', 'fake:report']))).toEqual(['local']);
    expect(await cliparity('validate', 'fake')).toMatchObject({ exit: 0 });
  });

  it('gets a target of its own from a generator, which passes its contract test with node and with jest', async () => {
    expect(await nx(place, ['g', '@cliparity/nx:target', MOON, '--no-interactive'])).toMatchObject({ exit: 0 });
    const tested = await nx(place, ['test', `target-${MOON}`]);
    expect(tested).toMatchObject({ exit: 0, output: expect.stringMatching(/(?:#|ℹ) fail 0/) });
    const spec = [
      `import { describe, it } from '@jest/globals';`,
      `import { describeTarget } from '@cliparity/testkit';`,
      `import target from './target.mjs';`,
      `describeTarget(target, { describe, it });`,
    ];
    put(join(place.workspace, `plugins/target-${MOON}/contract.spec.js`), spec.join('\n'));
    linkPackages(place.workspace, ['@jest/globals']);
    const words = ['--rootDir', place.workspace, '--testRegex', 'contract\\.spec\\.js$', '--transform', '{}'];
    const ran = await execa(bin('jest'), words, {
      cwd: place.workspace,
      env: { NODE_OPTIONS: JEST_ESM },
      reject: false,
      all: true,
    });
    expect({ exit: ran.exitCode, said: ran.all }).toMatchObject({
      exit: 0,
      said: expect.stringMatching(/[1-9] passed/),
    });
  });

  it('uses that target, and the second run is all hits again', async () => {
    editJson<{ targets: { expected: string[] } }>(join(place.root, 'cliparity.json'), ({ targets }) => {
      targets.expected.push(MOON);
    });
    expect(await nx(place, ['run', 'fake:report'])).toMatchObject({ exit: 0, output: expect.stringContaining(MOON) });
    expect(outcomes(await nx(place, ['run', 'fake:report']))).toEqual(['local']);
  });

  it('knows an error of a plugin by its class: what could not run exits 3', async () => {
    const own = [
      `import { CouldNotRun, definePlugin } from '@cliparity/plugin-api';`,
      `const down = () => { throw new CouldNotRun('MOON_DOWN', 'the moon is down', { remedy: 'Wait for it.' }); };`,
      `const source = { id: 'moon', revision: 1, owns: () => true, releases: down, assets: down, open: down };`,
      `const contribution = { kind: 'source', id: 'moon', revision: 1, load: async () => ({ default: source }) };`,
      `export default definePlugin({ name: 'moon', apiVersion: 1, contributions: [contribution] });`,
    ];
    put(join(place.workspace, 'own/moon.js'), own.join('\n'));
    editJson<{ plugins: string[] }>(join(place.workspace, 'cliparity.config.json'), ({ plugins }) => {
      plugins.push('./own/moon.js');
    });
    const before = readFileSync(join(place.root, 'cliparity.json'));
    editJson<{ sources: object[] }>(join(place.root, 'cliparity.json'), (manifest) => {
      manifest.sources = [{ use: 'moon' }];
    });
    const locked = await cliparity('lock', 'fake', '1.1.0');
    put(join(place.root, 'cliparity.json'), before);
    expect(locked).toMatchObject({ exit: 3, said: expect.stringMatching(/MOON_DOWN.*the moon is down/) });
  });

  it('is hashed by the version in the lock file, and a new one runs everything again', async () => {
    const shown = await nx(place, ['show', 'project', 'fake@1.0.0', '--json']);
    expect(shown.output).toContain('"externalDependencies":["@cliparity/nx"]');
    expect(existsSync(join(place.workspace, 'package-lock.json'))).toBe(true);
    editJson<{ packages: Record<string, { version: string; integrity: string }> }>(
      join(place.workspace, 'package-lock.json'),
      ({ packages }) => {
        const entry = packages['node_modules/@cliparity/nx'] as { version: string; integrity: string };
        entry.version = '0.1.1';
        entry.integrity = `sha512-${'A'.repeat(86)}==`;
      },
    );
    expect(outcomes(await nx(place, ['run', 'fake:report']))).not.toContain('local');
  });
});
