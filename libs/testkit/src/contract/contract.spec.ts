import { describe, expect, it } from '@jest/globals';
import { CouldNotRun, finding, type HelpPage } from '@cliparity/model';
import type { Asset, Dialect, Gate, Io, Reporter, Scenario, Source, Target } from '@cliparity/plugin-api';
import { describeDialect, dialectContract } from './dialect.js';
import { describeGate, gateContract } from './gate.js';
import { describeReporter, reporterContract } from './reporter.js';
import { describeScenario, scenarioContract } from './scenario.js';
import { describeSource, sourceContract } from './source.js';
import { describeTarget, targetContract } from './target.js';
import { registerContract, type Check } from './test-api.js';

/** Names of the checks that fail. */
async function failing(checks: readonly Check[]): Promise<readonly string[]> {
  const failed: string[] = [];
  for (const { name, run } of checks) {
    try {
      await run();
    } catch {
      failed.push(name);
    }
  }
  return failed;
}
/** A check of this name fails for the bad part. */
const expectFailure = async (checks: readonly Check[], name: string) =>
  expect((await failing(checks)).join('\n')).toContain(name);

const target: Target = { id: 'a-linux', revision: 1, os: 'linux', arch: 'x86_64', libc: 'gnu', aliases: ['b'] };

const pages = [{ name: 'a page', page: { text: 'Usage: x\n\nOptions:\n  --json  Print JSON\n' } }];
const dialect: Dialect = {
  id: 'tiny',
  revision: 1,
  detect: ({ text }) => (text.startsWith('Usage:') ? 1 : 0),
  parse: ({ text }) => ({
    usage: [],
    commands: [],
    flags: [...new Set(text.match(/--[a-z]+/g))].map((long) => ({ key: long, long, takes_value: false })),
    args: [],
    unexplained: [],
  }),
};
const parsing = (parse: (page: HelpPage, calls: number) => unknown): Dialect => {
  let calls = 0;
  return { ...dialect, parse: (page) => parse(page, (calls += 1)) as ReturnType<Dialect['parse']> };
};
const surface = { usage: [], commands: [], flags: [], args: [], unexplained: [] };

const io = () => ({}) as Io;
const bytes = Buffer.from('0123456789');
const asset: Asset = {
  target: 'a-linux',
  locator: 'mem:x',
  name: 'x',
  size: 10,
  digests: {},
  kind: 'file',
  format: 'bare',
};
const source: Source = {
  id: 'memory',
  revision: 1,
  async *releases() {
    yield { version: '1.0.0', tag: 'v1.0.0', draft: false, prerelease: false, yanked: false };
  },
  assets: (version) =>
    version === '1.0.0'
      ? Promise.resolve([asset])
      : Promise.reject(new CouldNotRun('VERSION_UNKNOWN', 'no such version')),
  owns: (locator) => locator.startsWith('mem:'),
  open: (_locator, from) =>
    Promise.resolve({
      start: from,
      total: 10,
      body: (async function* () {
        yield bytes.subarray(from);
      })(),
    }),
};
const sourceChecks = (change: Partial<Source>) =>
  sourceContract({ source: () => ({ ...source, ...change }), io, targets: [target], version: '1.0.0' });
const listing = (...assets: readonly Asset[]): Partial<Source> => ({ assets: () => Promise.resolve(assets) });

const place = { cli: 'x', version: '1.2.0', target: 'a-linux' };
const scenario: Scenario = {
  id: 's',
  revision: 1,
  cli: 'x',
  fits: '^1.0.0',
  plan: ({ version }) => ({ files: { 'a/b.txt': version }, steps: [{ kind: 'exec', argv: ['x'] }] }),
  judge: () => [finding({ code: 'ODD', message: 'odd' })],
};
const planning = (plan: unknown): Scenario => ({ ...scenario, plan: () => plan as ReturnType<Scenario['plan']> });

const gate: Gate = {
  id: 'g',
  revision: 1,
  inputs: ['**/*.ts'],
  run: ({ files }) => Promise.resolve(files.map((file) => finding({ code: 'BAD', message: 'bad', file }))),
};
const gateCase = {
  io,
  clean: () => ({ workspace: '/w', files: [] }),
  dirty: () => ({ workspace: '/w', files: ['a.ts'] }),
};

const reporter: Reporter = { id: 'r', revision: 1, accepts: 'all', render: ({ kind }) => [`${kind}\n`] };

describe('good parts pass', () => {
  describeTarget(target);
  describeDialect(dialect, pages);
  describeSource('memory', { source: () => source, io, targets: [target], version: '1.0.0' });
  describeScenario(scenario, [place]);
  describeGate(gate, gateCase);
  describeReporter(reporter);
});

describe('bad parts fail the check that is about it', () => {
  it.each<[string, Partial<Target> | { extra: unknown }]>([
    ['id', { id: 'a/b' }],
    ['revision', { revision: 0 }],
    ['plain data', { extra: () => 1 }],
    ['operating system', { os: 'beos' as 'linux' }],
    ['names an architecture', { arch: '' }],
    ['any architecture if and only if', { os: 'any' }],
    ['C library only on linux', { os: 'macos' }],
    ['aliases', { aliases: ['a-linux'] }],
    ['aliases', { aliases: ['b', 'b'] }],
  ])('target: %s %j', (name, change) => expectFailure(targetContract({ ...target, ...change }), name));

  it.each<[string, Dialect]>([
    ['survives', { ...dialect, detect: () => 2 }],
    ['for its own', { ...dialect, detect: () => 0 }],
    ['nothing', parsing(({ text }) => (text === '' ? undefined : surface))],
    ['for its own', parsing(() => surface)],
    ['for its own', parsing(() => ({ ...surface, flags: [{ key: '--no', long: '--no', takes_value: false }] }))],
    ['for its own', parsing((_, calls) => ({ ...surface, usage: [String(calls)] }))],
    ['for its own', parsing(() => ({ ...surface, about: undefined, surprise: 1 }))],
    ['cut short', parsing((page) => (page.text.endsWith('JSON\n') ? dialect.parse(page) : JSON.parse('{')))],
    ['for its own', parsing((page) => Object.assign(page, { text: '' }) && surface)],
    ['channel c', { ...dialect, channels: [{ id: 'c', revision: 1, argv: () => [], read: () => null as never }] }],
  ])('dialect: %s', (name, bad) => expectFailure(dialectContract(bad, pages), name));
  it('dialect: needs a page', () => expectFailure(dialectContract(dialect, []), 'is tried on a page'));

  it.each<[string, Partial<Source>]>([
    ['is a part', { revision: 0.5 }],
    ['lists releases', { async *releases() {} }],
    ['lists assets', listing()],
    ['lists assets', listing(asset, asset)],
    ['lists assets', listing({ ...asset, locator: 'other:x' })],
    ['lists assets', listing({ ...asset, target: 'z' })],
    ['lists assets', listing({ ...asset, kind: 'tree' })],
    ['opens an asset', listing({ ...asset, size: 9 })],
    ['opens an asset', { open: async (locator, _from, at) => ({ ...(await source.open(locator, 0, at)), start: 5 }) }],
    ['has nothing for a version', listing(asset)],
    ['has nothing for a version', { assets: () => Promise.reject(new Error('no code')) }],
    ['does not own', { owns: () => true }],
  ])('source: %s', (name, change) => expectFailure(sourceChecks(change), name));

  it.each<[string, Scenario]>([
    ['range', { ...scenario, fits: 'not a range' }],
    ['that it fits', { ...scenario, fits: '^2.0.0' }],
    ['plans the same data', planning({ files: {}, steps: [] })],
    ['plans the same data', planning({ files: { '../x': '' }, steps: [{ kind: 'exec', argv: [] }] })],
    [
      'plans the same data',
      { ...scenario, plan: (at) => ({ ...scenario.plan(at), files: { 'a.txt': String(Math.random()) } }) },
    ],
    [
      'judges',
      {
        ...scenario,
        judge: ([first]) =>
          [finding({ code: 'X', message: String(first?.lines[0]?.length) })].concat(
            first === undefined ? ([{}] as never) : [],
          ),
      },
    ],
  ])('scenario: %s', (name, bad) => expectFailure(scenarioContract(bad, [place]), name));

  it.each<[string, Partial<Gate>]>([
    ['files it looks at', { inputs: [] }],
    ['files it looks at', { inputs: ['../x'] }],
    ['tool it needs', { needs: [{ name: 'git', remedy: '' }] }],
    ['clean change', { run: () => Promise.resolve([finding({ code: 'X', message: 'x' })]) }],
    ['dirty change', { run: () => Promise.resolve([]) }],
    ['dirty change', { run: () => Promise.resolve([{ code: 'X' } as never]) }],
  ])('gate: %s', (name, change) => expectFailure(gateContract({ ...gate, ...change }, gateCase), name));

  it.each<[string, Partial<Reporter>]>([
    ['accepts', { accepts: [] }],
    ['accepts', { accepts: ['nonsense' as 'lock'] }],
    ['whole lines', { render: () => [] }],
    ['whole lines', { render: () => [String(Math.random()), '\n'] }],
    ['drive the terminal', { render: ({ view }) => [`${view.headline}\n`] }],
  ])('reporter: %s', (name, change) => expectFailure(reporterContract({ ...reporter, ...change }), name));
});

describe('registerContract', () => {
  it('registers with the runner it is given', () => {
    const told: string[] = [];
    const api = {
      describe: (name: string, body: () => void) => {
        told.push(name);
        body();
      },
      it: (name: string) => void told.push(name),
    };
    registerContract('title', [{ name: 'check', run: () => undefined }], api);
    expect(told).toEqual(['title', 'check']);
  });
});
