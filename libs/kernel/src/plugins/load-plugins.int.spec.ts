import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { UsageError } from '@cliparity/model';
import { contribution, fakeDialect, folderOf, pluginOf, thrownBy } from '../fake-plugins.js';
import { loadPlugins } from './load-plugins.js';

const good = `export default { name: 'good', apiVersion: 1, contributions: [
  { kind: 'gate', id: 'g', revision: 2, load: async () => ({ default: null }) } ] };`;
const load = (baseDir: string, ...plugins: readonly string[]) =>
  loadPlugins({
    builtins: [],
    config: { plugins: [...plugins] },
    configFile: join(baseDir, 'cliparity.config.json'),
    baseDir,
  });
const errorOf = async (run: () => unknown) => (await thrownBy(run)) as UsageError;

describe('plugins named in the configuration', () => {
  it.each<[string, string, Readonly<Record<string, string>>]>([
    ['a path', './tools/p.mjs', { 'tools/p.mjs': good }],
    [
      'a package with exports',
      'pkg',
      {
        'node_modules/pkg/package.json':
          '{"type":"module","exports":{".":{"types":"./x.d.ts","import":"./lib/p.js","require":"./no.cjs"}}}',
        'node_modules/pkg/lib/p.js': good,
      },
    ],
    [
      'a package whose exports is one string',
      'pkg',
      {
        'node_modules/pkg/package.json': '{"type":"module","exports":"./p.js"}',
        'node_modules/pkg/p.js': good,
      },
    ],
    [
      'a package with main',
      '@scope/pkg',
      {
        'node_modules/@scope/pkg/package.json': '{"type":"module","main":"p.js"}',
        'node_modules/@scope/pkg/p.js': good,
      },
    ],
    [
      'a file of a package',
      '@scope/pkg/sub',
      {
        'node_modules/@scope/pkg/package.json': '{"type":"module","exports":{"./sub":["./p.js"]}}',
        'node_modules/@scope/pkg/p.js': good,
      },
    ],
    ['CommonJS', './p.cjs', { 'p.cjs': good.replace('export default', 'module.exports =') }],
    [
      'CommonJS as compilers write it',
      './p.cjs',
      {
        'p.cjs': `Object.defineProperty(exports, '__esModule', { value: true });\n${good.replace('export default', 'exports.default =')}`,
      },
    ],
  ])('%s', async (_what, spec, files) => {
    const folder = folderOf(files);
    const [entry] = await load(folder, spec);
    expect([entry?.plugin, entry?.contribution.id]).toEqual(['good', 'g']);
    expect(entry?.file.startsWith(folder)).toBe(true);
  });

  it('finds a package in a folder above', async () => {
    const folder = folderOf({
      'node_modules/pkg/package.json': '{"type":"module"}',
      'node_modules/pkg/index.js': good,
      'in/ner/x': '',
    });
    expect(await load(join(folder, 'in/ner'), 'pkg')).toHaveLength(1);
  });

  it('loads one named twice once', async () => {
    expect(await load(folderOf({ 'p.mjs': good }), './p.mjs', './x/../p.mjs')).toHaveLength(1);
  });

  it('loads nothing because it is there', async () => {
    const folder = folderOf({
      'node_modules/cliparity-plugin-x/package.json': '{}',
      'node_modules/cliparity-plugin-x/index.js': good,
    });
    expect(await load(folder)).toEqual([]);
  });
});

describe('errors name the plugin and the file', () => {
  it.each([
    ['./no.mjs', 'no.mjs'],
    ['no-such-package', 'node_modules of'],
  ])('PLUGIN_NOT_FOUND: %s', async (spec, looked) => {
    const folder = folderOf({});
    const error = await errorOf(() => load(folder, spec));
    expect([error.code, error.where]).toEqual(['PLUGIN_NOT_FOUND', join(folder, 'cliparity.config.json')]);
    expect(error.message).toContain(`plugin "${spec}"`);
    expect(error.message).toContain(looked);
  });

  it('PLUGIN_NOT_FOUND: a package whose entry is missing', async () => {
    const folder = folderOf({ 'node_modules/pkg/package.json': '{"exports":{"./other":"./o.js"}}' });
    expect((await errorOf(() => load(folder, 'pkg'))).code).toBe('PLUGIN_NOT_FOUND');
  });

  it.each([
    ['does not parse', 'export default {'],
    ['throws', 'throw new Error("no luck");'],
    ['imports what is not there', 'import "./nowhere.mjs"; export default {};'],
    ['exports no plugin', 'export const plugin = 1;'],
    ['exports a function', 'export default () => ({});'],
  ])('PLUGIN_INVALID: a module that %s', async (_what, text) => {
    const folder = folderOf({ 'p.mjs': text });
    const error = await errorOf(() => load(folder, './p.mjs'));
    expect([error.code, error.where]).toEqual(['PLUGIN_INVALID', join(folder, 'p.mjs')]);
    expect(error.message).toContain(join(folder, 'p.mjs'));
  });

  it('PLUGIN_API_VERSION', async () => {
    const folder = folderOf({ 'p.mjs': good.replace('apiVersion: 1', 'apiVersion: 9') });
    const error = await errorOf(() => load(folder, './p.mjs'));
    expect(error.message).toBe(`plugin "good" (${join(folder, 'p.mjs')}) is written for plugin API 9; this is 1`);
  });

  it('PLUGIN_DUPLICATE_ID with a built-in', async () => {
    const folder = folderOf({ 'p.mjs': good });
    const builtins = [pluginOf('ours', contribution('gate', 'g', fakeDialect('g')))];
    const error = await errorOf(() => loadPlugins({ builtins, config: { plugins: ['./p.mjs'] }, baseDir: folder }));
    expect(error.message).toBe(
      `gate/g is claimed by plugin "ours" (built in) and by plugin "good" (${join(folder, 'p.mjs')})`,
    );
  });
});
