import { describe, expect, it } from '@jest/globals';
import type { UsageError } from '@cliparity/model';
import { defineToken, TOKENS, type Contribution, type Plugin } from '@cliparity/plugin-api';
import { bootWith, contribution, fakeDialect, pluginOf, thrownBy } from './fake-plugins.js';
import { checkPlugin } from './plugins/check-plugin.js';

const needing = (id: string, ...names: readonly string[]): Contribution =>
  contribution(
    'dialect',
    id,
    Object.assign(() => fakeDialect(id), { inject: names.map((name) => defineToken(name)) }),
  );
const failing = (id: string, loaded: unknown) => bootWith([pluginOf('p', contribution('dialect', id, loaded))]);
const errorOf = async (run: () => unknown) => (await thrownBy(run)) as UsageError;
const good = pluginOf('good', contribution('dialect', 'd', fakeDialect('d')));

describe('a manifest is refused before anything of it runs', () => {
  it('accepts a good one', async () => {
    expect(checkPlugin(good, '/p.js')).toBe(good);
  });

  it.each<[string, unknown, string]>([
    ['nothing', undefined, '/p.js is not a plugin: it exports no manifest'],
    ['text', 'plugin', '/p.js is not a plugin: it exports no manifest'],
    ['an empty object', {}, "/p.js is not a plugin: its manifest must have required property 'name'"],
    [
      'a misspelt key',
      { ...good, contribution: [] },
      'plugin "good" (/p.js) is not a plugin: unknown key contribution. Did you mean "contributions"?',
    ],
    [
      'an unknown kind',
      { ...good, contributions: [{ ...good.contributions[0], kind: 'dialekt' }] },
      'plugin "good" (/p.js) is not a plugin: contributions[0].kind must be one of "target", "source", "dialect", "scenario", "gate", "reporter"; did you mean "dialect"?',
    ],
    [
      'an id with a slash',
      { ...good, contributions: [{ ...good.contributions[0], id: '../x' }] },
      'plugin "good" (/p.js) is not a plugin: contributions[0].id must match pattern "^[A-Za-z0-9][A-Za-z0-9._-]*$"',
    ],
    [
      'no load function',
      { ...good, contributions: [{ ...good.contributions[0], load: './x.js' }] },
      'plugin "good" (/p.js) is not a plugin: contributions[0].load must be a function',
    ],
  ])('PLUGIN_INVALID: %s', async (_what, manifest, message) => {
    const error = await errorOf(() => checkPlugin(manifest, '/p.js'));
    expect([error.code, error.message, error.where]).toEqual(['PLUGIN_INVALID', message, '/p.js']);
  });

  it.each([
    [2, 'plugin "good" (/p.js) is written for plugin API 2; this is 1', 'Update cliparity.'],
    [0, 'plugin "good" (/p.js) is written for plugin API 0; this is 1', 'Update the plugin.'],
  ])('PLUGIN_API_VERSION: %d, even when it has keys we do not know', async (apiVersion, message, remedy) => {
    const error = await errorOf(() => checkPlugin({ ...good, apiVersion, later: true }, '/p.js'));
    expect([error.code, error.message, error.remedy]).toEqual(['PLUGIN_API_VERSION', message, remedy]);
  });

  it('PLUGIN_API_VERSION for a built-in', async () => {
    const error = await errorOf(() => bootWith([{ ...good, apiVersion: 7 } as Plugin]));
    expect([error.code, error.where]).toEqual(['PLUGIN_API_VERSION', 'built in']);
  });
});

describe('the catalogue', () => {
  it('PLUGIN_DUPLICATE_ID names both', async () => {
    const error = await errorOf(() => bootWith([good, { ...good, name: 'other' }]));
    expect([error.code, error.message]).toEqual([
      'PLUGIN_DUPLICATE_ID',
      'dialect/d is claimed by plugin "good" (built in) and by plugin "other" (built in)',
    ]);
  });

  it('one id may serve two kinds', async () => {
    const kernel = await bootWith([good, pluginOf('g', contribution('gate', 'd', {}))]);
    expect(kernel.contributions).toHaveLength(2);
  });

  it('disable leaves a contribution out', async () => {
    const kernel = await bootWith([good], { config: { disable: ['dialect/d'] } });
    expect(await kernel.dialects()).toEqual([]);
  });

  it('PLUGIN_DISABLE_UNKNOWN suggests the nearest', async () => {
    const error = await errorOf(() => bootWith([good], { config: { disable: ['dialect/e'] }, file: '/w/c.json' }));
    expect([error.code, error.message]).toEqual([
      'PLUGIN_DISABLE_UNKNOWN',
      '/w/c.json: disable names "dialect/e", which no plugin contributes. Did you mean "dialect/d"?',
    ]);
  });
});

describe('PLUGIN_CONTRIBUTION_FAILED', () => {
  const cause = new Error('boom');
  class Throws {
    constructor() {
      throw cause;
    }
  }
  it('when the constructor throws, with its cause', async () => {
    const error = await errorOf(async () => (await failing('d', Throws)).dialect('d'));
    expect([error.code, error.message]).toEqual([
      'PLUGIN_CONTRIBUTION_FAILED',
      'plugin "p" (built in): dialect/d failed: boom',
    ]);
    expect(error.cause).toBe(cause);
  });

  it('when load rejects, with its cause', async () => {
    const plugin = pluginOf('p', {
      ...contribution('dialect', 'd', 0),
      load: () => Promise.reject(cause),
    } as Contribution);
    const error = await errorOf(async () => (await bootWith([plugin])).dialect('d'));
    expect([error.code, error.cause]).toEqual(['PLUGIN_CONTRIBUTION_FAILED', cause]);
  });

  it('when what it needs fails, named after what failed', async () => {
    const plugin = pluginOf('p', needing('a', 'dialect:b'), contribution('dialect', 'b', Throws));
    const error = await errorOf(async () => (await bootWith([plugin])).dialect('a'));
    expect(error.message).toBe('plugin "p" (built in): dialect/b failed: boom');
  });

  it.each<[string, unknown, string]>([
    ['no default export', undefined, 'loads a module without a default export'],
    ['a number', 7, 'is no object but number'],
    ['null', null, 'is no object but null'],
    ['a promise', async () => fakeDialect('d'), 'is a promise; a factory must answer at once'],
    ['another id', fakeDialect('e'), 'calls itself "e"'],
    ['another revision', { ...fakeDialect('d'), revision: 2 }, 'has revision 2, its manifest says 1'],
    [
      'a missing member',
      { id: 'd', revision: 1, detect: () => 0 },
      'has no parse (function), which every dialect needs',
    ],
  ])('for %s', async (_what, loaded, problem) => {
    const error = await errorOf(async () => (await failing('d', loaded)).dialect('d'));
    expect([error.code, error.message]).toEqual([
      'PLUGIN_CONTRIBUTION_FAILED',
      `plugin "p" (built in): dialect/d ${problem}`,
    ]);
  });
});

describe('PLUGIN_TOKEN_MISSING', () => {
  it.each(['nobody', 'dialect:nobody', TOKENS.settings.name, 'source:s'])('for %s', async (name) => {
    const plugin = pluginOf('p', needing('d', name), contribution('source', 's', {}));
    const error = await errorOf(async () => (await bootWith([plugin])).dialect('d'));
    expect([error.code, error.message]).toEqual([
      'PLUGIN_TOKEN_MISSING',
      `plugin "p" (built in): dialect/d asks for "${name}", which nobody provides`,
    ]);
  });
});

describe('PLUGIN_CYCLE', () => {
  it('names the round', async () => {
    const plugin = pluginOf('p', needing('a', 'dialect:b'), needing('b', 'dialect:c'), needing('c', 'dialect:b'));
    const error = await errorOf(async () => (await bootWith([plugin])).dialect('a'));
    expect([error.code, error.message]).toEqual([
      'PLUGIN_CYCLE',
      'contributions need each other: dialect/b → dialect/c → dialect/b; plugin "p" (built in)',
    ]);
  });

  it('is found by whoever asks, also when all are asked for at once', async () => {
    const plugin = pluginOf('p', needing('a', 'dialect:b'), needing('b', 'dialect:a'));
    const kernel = await bootWith([plugin]);
    const asked = await Promise.allSettled([kernel.dialect('a'), kernel.dialect('b')]);
    expect(asked.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  it('is none when two need the same third', async () => {
    const plugin = pluginOf(
      'p',
      needing('a', 'dialect:b', 'dialect:c'),
      needing('b', 'dialect:d'),
      needing('c', 'dialect:d'),
      contribution('dialect', 'd', fakeDialect('d')),
    );
    expect((await (await bootWith([plugin])).dialect('a')).id).toBe('a');
  });
});
