import { describe, expect, it } from '@jest/globals';
import type { CliparityError } from '@cliparity/model';
import { defineToken, TOKENS, type Contribution, type Source, type Target } from '@cliparity/plugin-api';
import { bootWith, contribution, fakeDialect, fakeTarget, pluginOf, thrownBy } from './fake-plugins.js';

const codeOf = async (run: () => unknown) => ((await thrownBy(run)) as CliparityError).code;
const messageOf = async (run: () => unknown) => ((await thrownBy(run)) as CliparityError).message;

describe('createKernel without plugins', () => {
  it('boots and knows nothing', async () => {
    const kernel = await bootWith([]);
    expect(kernel.contributions).toEqual([]);
    expect(await kernel.targets.all()).toEqual([]);
    expect(await kernel.dialects()).toEqual([]);
    expect(await kernel.gates()).toEqual([]);
    expect(await kernel.scenarios()).toEqual([]);
    await kernel.dispose();
  });

  it.each([
    ['TARGET_UNKNOWN', (k: Awaited<ReturnType<typeof bootWith>>) => k.targets.find('x')],
    ['DIALECT_UNKNOWN', (k: Awaited<ReturnType<typeof bootWith>>) => k.dialect('x')],
    ['REPORTER_UNKNOWN', (k: Awaited<ReturnType<typeof bootWith>>) => k.reporter('x')],
    ['SOURCE_UNKNOWN', (k: Awaited<ReturnType<typeof bootWith>>) => k.source({ use: 'x' }, '/')],
    ['GATE_UNKNOWN', async (k: Awaited<ReturnType<typeof bootWith>>) => k.revision('gate', 'x')],
  ])('answers %s', async (code, ask) => {
    const kernel = await bootWith([]);
    expect(await codeOf(() => ask(kernel))).toBe(code);
  });
});

describe('targets', () => {
  const plugin = pluginOf(
    't',
    contribution('target', 'x86_64-musl', fakeTarget('x86_64-musl', ['linux-x64', 'both'])),
    contribution('target', 'linux-x64', fakeTarget('linux-x64', ['both'])),
  );
  it('are found by id before alias', async () => {
    const { targets } = await bootWith([plugin]);
    expect((await targets.find('linux-x64')).id).toBe('linux-x64');
  });
  it('are found by alias when no id is meant', async () => {
    const { targets } = await bootWith([plugin], { config: { disable: ['target/linux-x64'] } });
    expect((await targets.find('linux-x64')).id).toBe('x86_64-musl');
  });
  it('are not guessed between two', async () => {
    const { targets } = await bootWith([plugin]);
    expect(await messageOf(() => targets.find('both'))).toBe(
      'the target name "both" means several targets: x86_64-musl, linux-x64',
    );
  });
  it('suggest the nearest name', async () => {
    const { targets } = await bootWith([plugin]);
    expect(await messageOf(() => targets.find('linux-x46'))).toBe(
      'unknown target "linux-x46". Did you mean "linux-x64"?',
    );
  });
});

describe('contributions', () => {
  it('load when first asked for, and once', async () => {
    let loads = 0;
    const lazy = {
      ...contribution('dialect', 'lazy', undefined),
      load: () => {
        loads += 1;
        return Promise.resolve({ default: fakeDialect('lazy') });
      },
    } as Contribution;
    const kernel = await bootWith([pluginOf('p', lazy)]);
    expect(kernel.revision('dialect', 'lazy')).toBe(1);
    expect(loads).toBe(0);
    const [first, second] = await Promise.all([kernel.dialect('lazy'), kernel.dialect('lazy')]);
    expect(second).toBe(first);
    expect(loads).toBe(1);
  });

  it('may be an object, a class, a function or an arrow function', async () => {
    class Made {
      readonly id = 'class';
      readonly revision = 1;
      detect = () => 0;
      parse = fakeDialect('class').parse;
    }
    const kernel = await bootWith([
      pluginOf(
        'p',
        contribution('dialect', 'object', fakeDialect('object')),
        contribution('dialect', 'class', Made),
        contribution('dialect', 'function', function make() {
          return fakeDialect('function');
        }),
        contribution('dialect', 'arrow', () => fakeDialect('arrow')),
      ),
    ]);
    expect((await kernel.dialects()).map(({ id }) => id)).toEqual(['object', 'class', 'function', 'arrow']);
    expect(await kernel.dialect('class')).toBeInstanceOf(Made);
  });

  it('are handed what they ask for: the rim, all targets, another contribution', async () => {
    const given: unknown[] = [];
    const wants = Object.assign(
      (...deps: unknown[]) => {
        given.push(...deps);
        return fakeDialect('wants');
      },
      { inject: [TOKENS.io, TOKENS.targets, defineToken('dialect:other')] },
    );
    const kernel = await bootWith([
      pluginOf(
        'p',
        contribution('dialect', 'wants', wants),
        contribution('dialect', 'other', fakeDialect('other')),
        contribution('target', 'here', fakeTarget('here')),
      ),
    ]);
    await kernel.dialect('wants');
    const [io, targets, other] = given as [{ now: unknown }, readonly Target[], unknown];
    expect(typeof io.now).toBe('function');
    expect(targets.map(({ id }) => id)).toEqual(['here']);
    expect(other).toBe(await kernel.dialect('other'));
  });

  it('belong to one run: two kernels share nothing', async () => {
    const plugin = pluginOf(
      'p',
      contribution('dialect', 'd', () => fakeDialect('d')),
    );
    const [a, b] = [await bootWith([plugin]), await bootWith([plugin])];
    expect(await a.dialect('d')).not.toBe(await b.dialect('d'));
  });
});

describe('sources', () => {
  const made: { settings: unknown; baseDir: unknown }[] = [];
  class FakeSource implements Source {
    static readonly inject = [TOKENS.settings, TOKENS.baseDir];
    readonly id: string = 'fake';
    readonly revision = 1;
    constructor(settings: Readonly<Record<string, unknown>>, baseDir: string) {
      made.push({ settings, baseDir });
    }
    async *releases() {}
    assets = () => Promise.resolve([]);
    open = () => Promise.reject(new Error('none'));
    owns = () => false;
  }
  class Knowing extends FakeSource {
    override readonly id = 'knowing';
  }
  const schema = {
    type: 'object',
    additionalProperties: false,
    required: ['package'],
    properties: { package: { type: 'string' }, channel: { enum: ['stable', 'beta'] } },
  };
  const plugin = pluginOf('p', { ...contribution('source', 'fake', FakeSource), settings: schema } as Contribution);
  it('hear what the configuration says for all of them, where they have such a setting and the root is silent', async () => {
    const properties = { ...schema.properties, token_env: { type: 'string' } };
    const knowing = { ...contribution('source', 'knowing', FakeSource), settings: { ...schema, properties } };
    const two = pluginOf(
      'r',
      { ...knowing, load: () => Promise.resolve({ default: Knowing }) } as Contribution,
      ...plugin.contributions,
    );
    const kernel = await bootWith([two], { config: { token_env: 'OURS' } });
    made.length = 0;
    await kernel.source({ use: 'knowing', settings: { package: 'a' } }, '/a');
    await kernel.source({ use: 'knowing', settings: { package: 'a', token_env: 'ITS_OWN' } }, '/a');
    await kernel.source({ use: 'fake', settings: { package: 'a' } }, '/a');
    expect(made.map(({ settings }) => (settings as { token_env?: string }).token_env)).toEqual([
      'OURS',
      'ITS_OWN',
      undefined,
    ]);
  });

  const plain = pluginOf(
    'q',
    contribution('source', 'plain', () => ({ ...new FakeSource({}, ''), id: 'plain' })),
  );

  it('are made anew for each use, from its settings', async () => {
    const kernel = await bootWith([plugin]);
    made.length = 0;
    const a = await kernel.source({ use: 'fake', settings: { package: 'a' } }, '/a');
    const b = await kernel.source({ use: 'fake', settings: { package: 'b' } }, '/b');
    expect(a).not.toBe(b);
    expect(made).toEqual([
      { settings: { package: 'a' }, baseDir: '/a' },
      { settings: { package: 'b' }, baseDir: '/b' },
    ]);
  });

  it.each([
    [{ packge: 'x' }, '/r/cliparity.json: source "fake": unknown key settings.packge. Did you mean "package"?'],
    [{ package: 1 }, '/r/cliparity.json: source "fake": settings.package must be string'],
    [{}, '/r/cliparity.json: source "fake": settings must have required property \'package\''],
    [
      { package: 'x', channel: 'betta' },
      '/r/cliparity.json: source "fake": settings.channel must be one of "stable", "beta"; did you mean "beta"?',
    ],
  ])('refuse settings %j', async (settings, message) => {
    const kernel = await bootWith([plugin]);
    const error = (await thrownBy(() => kernel.source({ use: 'fake', settings }, '/r'))) as CliparityError;
    expect([error.code, error.message, error.where]).toEqual(['SOURCE_SETTINGS_INVALID', message, '/r/cliparity.json']);
  });

  it('without a schema take no settings', async () => {
    const kernel = await bootWith([plain]);
    expect(await codeOf(() => kernel.source({ use: 'plain', settings: { a: 1 } }, '/r'))).toBe(
      'SOURCE_SETTINGS_INVALID',
    );
    expect(kernel.contributions[0]?.id).toBe('plain');
  });

  it('tell a broken schema from broken settings', async () => {
    const broken = pluginOf('p', {
      ...contribution('source', 'x', FakeSource),
      settings: { type: 'wrong' },
    } as Contribution);
    const kernel = await bootWith([broken]);
    expect(await codeOf(() => kernel.source({ use: 'x' }, '/r'))).toBe('PLUGIN_CONTRIBUTION_FAILED');
  });
});
