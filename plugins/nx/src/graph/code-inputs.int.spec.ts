import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from '@jest/globals';
import { configInputs } from './config-inputs.js';
import { codeInputs, STEP_NAMES, type PartsInUse } from './own-code.js';
import { folderWith } from './small-root.fixture.js';

const HOUSE = join(dirname(fileURLToPath(import.meta.url)), '../../../..');
const inUse: PartsInUse = {
  targets: ['linux-x64'],
  dialect: 'clap',
  sources: ['npm'],
  scenarios: ['codex', 'codex-thread_basic'],
};

const made: string[] = [];
afterEach(() => made.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })));
function place(files: Readonly<Record<string, unknown>>): string {
  const folder = folderWith(files);
  made.push(folder);
  return folder;
}

/** `a/{b,c}` as `a/b` and `a/c`. */
const spelledOut = (glob: string): readonly string[] => {
  const [whole, names = ''] = /\{([^{}]*,[^{}]*)\}/.exec(glob) ?? [];
  return whole === undefined ? [glob] : names.split(',').flatMap((name) => spelledOut(glob.replace(whole, name)));
};

describe('codeInputs', () => {
  it.each(STEP_NAMES)('names only folders that this workspace has, for %s', (step) => {
    const sets = codeInputs(HOUSE)
      .of(step, inUse)
      .filter((input) => typeof input === 'string');
    const folders = sets
      .filter((set) => !set.startsWith('!'))
      .flatMap((set) => spelledOut(set.replace('{workspaceRoot}/', '')))
      .map((path) => path.replace(/\/?\*.*$/, ''));
    expect(folders.length).toBeGreaterThan(8);
    expect(folders.filter((folder) => !existsSync(join(HOUSE, folder)))).toEqual([]);
  });

  it('names every library that the steps import for at least one task', () => {
    const sets = STEP_NAMES.flatMap((step) => codeInputs(HOUSE).of(step, inUse));
    const named = new Set(
      sets.flatMap((set) => spelledOut(String(set))).map((set) => /libs\/([a-z-]+)\//.exec(set)?.[1]),
    );
    const imported = readdirSync(join(HOUSE, 'libs')).filter((lib) =>
      existsSync(join(HOUSE, 'node_modules/@cliparity', lib)),
    );
    const notRunByTasks = ['replay', 'testkit'];
    expect(imported.filter((lib) => !named.has(lib) && !notRunByTasks.includes(lib))).toEqual([]);
  });

  it('is the package’s version where the package is installed', () => {
    const workspace = place({ 'package.json': { devDependencies: { '@cliparity/nx': '0.1.0' } } });
    expect(codeInputs(workspace).all).toEqual([{ externalDependencies: ['@cliparity/nx'] }]);
    expect(codeInputs(workspace).version).toBeUndefined();
  });

  it.each(['file:../nx', undefined])('is a version in the options where the range is %s', (range) => {
    const workspace = place({
      'package.json': range === undefined ? {} : { dependencies: { '@cliparity/nx': range } },
    });
    expect(codeInputs(workspace)).toMatchObject({ version: '0.1.0' });
    expect(codeInputs(workspace).of('union', inUse)).toEqual([]);
  });
});

const NOTHING = { all: [], scenarios: [] };
describe('configInputs', () => {
  it('sets scenarios apart, which concern nothing but what is recorded with them', () => {
    const entry = (kind: string, id: string, rest = ''): string =>
      `export default { contributions: [{ kind: '${kind}', id: '${id}', load: () => import('./x.js') }${rest}] };`;
    const names = ['one', 'mixed', 'spread', 'gate', 'loop'];
    const workspace = place({
      'cliparity.config.json': { plugins: names.map((name) => `./own/${name}/index.js`) },
      'own/one/index.js': entry('scenario', 'made-up-one'),
      'own/mixed/index.js': entry('scenario', 'two', `, { kind: 'gate', id: 'three' }`),
      'own/spread/index.js': entry('scenario', 'four', ', ...others'),
      'own/gate/index.js': entry('gate', 'five'),
      'own/loop/index.js': `const made = ids.map((id) => ({ kind: 'scenario', id, load }));`,
    });
    const { all, scenarios } = configInputs(workspace);
    expect(scenarios).toEqual([{ ids: ['made-up-one'], inputs: ['{workspaceRoot}/own/one/**/*'] }]);
    expect(all.slice(1)).toEqual(names.slice(1).map((name) => `{workspaceRoot}/own/${name}/**/*`));
  });

  it('is nothing without a configuration', () => {
    expect(configInputs(place({ 'package.json': { name: 'x' } }))).toEqual(NOTHING);
    expect(configInputs(place({}))).toEqual(NOTHING);
  });

  it('names the configuration, the folders of its plugins and the packages it names', () => {
    const workspace = place({
      'package.json': { devDependencies: { '@my/dialects': '1.0.0', unrelated: '1.0.0' } },
      'cliparity.config.mjs': `export default { plugins: ['./tools/mine/index.js', '@my/dialects', './one.js'] }`,
      'tools/mine/index.js': '',
      'one.js': '',
    });
    expect(configInputs(workspace).all).toEqual([
      '{workspaceRoot}/cliparity.config.mjs',
      '{workspaceRoot}/tools/mine/**/*',
      '{workspaceRoot}/one.js',
      { externalDependencies: ['@my/dialects'] },
    ]);
  });

  it('reads YAML as well as a key of package.json', () => {
    const yaml = place({ 'cliparity.config.yaml': 'plugins:\n  - ./mine\n  - ../outside\n', 'mine/index.js': '' });
    expect(configInputs(yaml).all).toEqual(['{workspaceRoot}/cliparity.config.yaml', '{workspaceRoot}/mine/**/*']);
    const inPackage = place({ 'package.json': { cliparity: { plugins: ['./mine/index.js'] } }, 'mine/index.js': '' });
    expect(configInputs(inPackage).all).toEqual([
      { json: '{workspaceRoot}/package.json', fields: ['cliparity'] },
      '{workspaceRoot}/mine/**/*',
    ]);
  });

  it('leaves a broken package.json to npm', () => {
    const workspace = place({});
    mkdirSync(workspace, { recursive: true });
    writeFileSync(join(workspace, 'package.json'), '{ "cliparity": {');
    expect(configInputs(workspace)).toEqual(NOTHING);
  });
});
