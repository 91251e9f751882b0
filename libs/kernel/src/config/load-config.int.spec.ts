import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { UsageError } from '@cliparity/model';
import { folderOf, thrownBy } from '../fake-plugins.js';
import { loadConfig, type ConfigRequest } from './load-config.js';

const errorOf = async (request: ConfigRequest) => (await thrownBy(() => loadConfig(request))) as UsageError;
const jsonError = (text: string) => errorOf({ workspace: folderOf({ 'cliparity.config.json': text }) });

describe('loadConfig', () => {
  it('is empty without a file', async () => {
    const workspace = folderOf({ 'package.json': '{"name":"x","description":"cliparity"}' });
    expect(await loadConfig({ workspace })).toEqual({ config: {}, file: undefined, baseDir: workspace });
  });

  it.each([
    ['cliparity.config.json', '{"concurrency":3}'],
    ['cliparity.config.yaml', 'concurrency: 3\n'],
    ['cliparity.config.yml', 'concurrency: 3\n'],
    ['cliparity.config.mjs', 'export default { concurrency: 3 };'],
    ['cliparity.config.cjs', 'module.exports = { concurrency: 3 };'],
    ['cliparity.config.ts', 'const concurrency: number = 3;\nexport default { concurrency };'],
    ['package.json', '{"name":"x","cliparity":{"concurrency":3}}'],
  ])('reads %s', async (name, text) => {
    const workspace = folderOf({ [name]: text });
    const file = join(workspace, name);
    expect(await loadConfig({ workspace })).toEqual({ config: { concurrency: 3 }, file, baseDir: workspace });
  });

  it('reads cliparity.config.js in a package of modules', async () => {
    const workspace = folderOf({
      'package.json': '{"type":"module"}',
      'cliparity.config.js': 'export default { concurrency: 3 };',
    });
    expect((await loadConfig({ workspace })).config).toEqual({ concurrency: 3 });
  });

  it('takes an empty file for an empty configuration', async () => {
    expect((await loadConfig({ workspace: folderOf({ 'cliparity.config.yaml': '# nothing yet\n' }) })).config).toEqual(
      {},
    );
  });

  it('searches upward from a folder, and not beyond the workspace', async () => {
    const top = folderOf({
      'cliparity.config.json': '{"concurrency":1}',
      'w/a/b/x': '',
      'w/a/cliparity.config.json': '{}',
    });
    const workspace = join(top, 'w');
    expect((await loadConfig({ workspace, from: join(workspace, 'a/b') })).file).toBe(
      join(workspace, 'a/cliparity.config.json'),
    );
    expect((await loadConfig({ workspace })).file).toBeUndefined();
  });

  it('reads the file named with --config, whatever its name, and searches nothing', async () => {
    const workspace = folderOf({ 'cliparity.config.json': '{}', 'ci/other.json': '{"concurrency":2}' });
    const loaded = await loadConfig({ workspace, file: 'ci/other.json' });
    expect(loaded).toEqual({
      config: { concurrency: 2 },
      file: join(workspace, 'ci/other.json'),
      baseDir: join(workspace, 'ci'),
    });
  });
});

describe('errors of the configuration', () => {
  it('CONFIG_NOT_FOUND', async () => {
    const workspace = folderOf({});
    const error = await errorOf({ workspace, file: 'no.json' });
    expect([error.code, error.where]).toEqual(['CONFIG_NOT_FOUND', join(workspace, 'no.json')]);
  });

  it('CONFIG_AMBIGUOUS', async () => {
    const workspace = folderOf({ 'cliparity.config.json': '{}', 'package.json': '{"cliparity":{}}' });
    const error = await errorOf({ workspace });
    expect([error.code, error.where]).toEqual([
      'CONFIG_AMBIGUOUS',
      `${join(workspace, 'cliparity.config.json')}, ${join(workspace, 'package.json')}`,
    ]);
  });

  it.each([
    ['cliparity.config.json', '{"concurrency":'],
    ['cliparity.config.yaml', 'a: [1'],
    ['cliparity.config.mjs', 'export default {'],
    ['cliparity.config.mjs', 'throw new Error("no luck");'],
  ])('CONFIG_INVALID_SYNTAX: %s %j', async (name, text) => {
    const workspace = folderOf({ [name]: text });
    const error = await errorOf({ workspace });
    expect(error.code).toBe('CONFIG_INVALID_SYNTAX');
    expect(error.message).toContain(join(workspace, name));
    expect(error.cause).toBeDefined();
  });

  it.each([
    ['{"concurency":1}', 'unknown key concurency. Did you mean "concurrency"?'],
    ['{"store":{"max_byte":1}}', 'unknown key store.max_byte. Did you mean "max_bytes"?'],
    ['{"zzzzzzzzzzzz":1}', 'unknown key zzzzzzzzzzzz.'],
    ['{"__proto__":{"a":1}}', 'unknown key __proto__.'],
  ])('CONFIG_UNKNOWN_KEY: %s', async (text, message) => {
    const error = await jsonError(text);
    expect(error.code).toBe('CONFIG_UNKNOWN_KEY');
    expect(error.message).toBe(`${error.where}: ${message}`);
  });

  it.each([
    ['{"concurrency":0}', 'concurrency must be >= 1'],
    ['{"plugins":["a",7]}', 'plugins[1] must be string'],
    [
      '{"severities":{"X":"eror"}}',
      'severities.X must be one of "error", "warning", "info", "off"; did you mean "error"?',
    ],
    ['[]', 'the configuration must be object'],
  ])('CONFIG_INVALID_VALUE: %s', async (text, message) => {
    const error = await jsonError(text);
    expect(error.code).toBe('CONFIG_INVALID_VALUE');
    expect(error.message).toBe(`${error.where}: ${message}`);
  });
});

describe('--set', () => {
  const withSet = async (...set: readonly string[]) =>
    (await loadConfig({ workspace: folderOf({ 'cliparity.config.json': '{"store":{"max_bytes":1}}' }), set })).config;

  it('overrides one key, in order, and keeps the rest', async () => {
    expect(
      await withSet('store.path=/s', 'concurrency=2', 'concurrency=4', 'severities.SOME_CODE=off', 'plugins=["a"]'),
    ).toEqual({
      store: { max_bytes: 1, path: '/s' },
      concurrency: 4,
      severities: { SOME_CODE: 'off' },
      plugins: ['a'],
    });
  });

  it('takes for text what is no JSON', async () => {
    expect(await withSet('manifests=a=b')).toMatchObject({ manifests: 'a=b' });
  });

  it('cannot reach a prototype', async () => {
    await thrownBy(() => withSet('severities.__proto__=off', 'concurrency=0'));
    expect(({} as Record<string, unknown>)['off']).toBeUndefined();
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it.each([
    ['nothing', 'CONFIG_SET_FORM', '--set nothing: expected PATH=VALUE'],
    ['=1', 'CONFIG_SET_FORM', '--set =1: expected PATH=VALUE'],
    ['store.max=1', 'CONFIG_UNKNOWN_KEY', '--set store.max=1: unknown key store.max.'],
    [
      'conccurrency=1',
      'CONFIG_UNKNOWN_KEY',
      '--set conccurrency=1: unknown key conccurrency. Did you mean "concurrency"?',
    ],
    ['manifests.x=1', 'CONFIG_UNKNOWN_KEY', '--set manifests.x=1: unknown key manifests.x.'],
    ['concurrency=many', 'CONFIG_INVALID_VALUE', '--set concurrency=many: concurrency must be integer'],
  ])('%s: %s', async (option, code, message) => {
    const error = (await thrownBy(() => withSet(option))) as UsageError;
    expect([error.code, error.message]).toEqual([code, message]);
  });
});
