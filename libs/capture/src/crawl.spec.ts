import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Crawl, Page } from '@cliparity/model';
import { crawl, type CrawlResult } from './crawl.js';
import { normalizeCrawl } from './crawl-settings.js';
import { simpleRows } from './testing/simple-rows.js';

type Tree = Readonly<Record<string, string | Partial<Page>>>;

const page = (about: string, ...rows: string[]): string =>
  `${about}\n\nUsage: t [OPTIONS]\n${rows.length === 0 ? '' : `\nCommands:\n${rows.map((row) => `  ${row}`).join('\n')}\n`}`;

/** Crawls a tree of pages; records the command lines asked for. */
async function crawled(tree: Tree, settings: Crawl = {}, more: { prefix?: string[]; shuffle?: boolean } = {}) {
  const asked: string[] = [];
  const result: CrawlResult = await crawl({
    settings: normalizeCrawl(settings),
    rowsOf: simpleRows,
    concurrency: more.shuffle === true ? 5 : 1,
    ...(more.prefix !== undefined && { prefix: more.prefix }),
    getPage: async (argv, path) => {
      asked.push(argv.join(' '));
      for (let turns = more.shuffle === true ? Math.random() * 5 : 0; turns > 0; turns -= 1) await Promise.resolve();
      const known = tree[path.join(' ')] ?? { exit_code: 2, stderr: 'unknown\n' };
      const part = typeof known === 'string' ? { stdout: known } : known;
      return { path: [...path], argv: [...argv], stdout: '', stderr: '', exit_code: 0, ...part };
    },
  });
  const paths = result.pages.map(({ path }) => path.join(' '));
  const listed = result.listed.map(({ path }) => path.join(' '));
  return { asked, paths, listed, omissions: result.omissions };
}

describe('crawl', () => {
  it('goes down the tree and gives its pages in order', async () => {
    const tree = { '': page('root', 'b  B', 'a  A'), a: page('a', 'x  X'), b: page('b'), 'a x': page('a x') };
    expect(await crawled(tree)).toEqual({
      asked: ['--help', 'a --help', 'b --help', 'a x --help'],
      paths: ['', 'a', 'a x', 'b'],
      listed: ['a', 'a x', 'b'],
      omissions: [],
    });
  });

  it('asks in the words it is told to', async () => {
    const tree = { '': page('root', 'a  A'), a: page('a', 'x  X'), 'a x': page('ax') };
    const help = { root: ['-h'], command: ['help', '{path}', '--all'] };
    expect((await crawled(tree, { help }, { prefix: ['--on'] })).asked).toEqual([
      '--on -h',
      '--on help a --all',
      '--on help a x --all',
    ]);
  });

  it('neither lists nor asks the help command of a framework, but does so with one of the program’s own', async () => {
    const framework = { '': page('root', 'help  Print this message or the help of the given subcommand(s)') };
    expect(await crawled(framework)).toMatchObject({ asked: ['--help'], listed: [] });
    const own = { '': page('root', 'help  Search the handbook'), help: page('handbook') };
    expect(await crawled(own)).toMatchObject({ asked: ['--help', 'help --help'], listed: ['help'] });
  });

  it('guards against cycles, in words that name no machine', async () => {
    const tree = {
      '': page('root', 'a'),
      a: page('a', 'a', 'b'),
      'a b': page('ab', 'a', 'b', 'c'),
      'a b c': page('abc'),
    };
    expect(await crawled(tree)).toMatchObject({
      paths: ['', 'a', 'a b', 'a b c'],
      omissions: [
        'skipped cyclic subcommand token: a b a',
        'skipped recursive subcommand token: a a',
        'skipped recursive subcommand token: a b b',
      ],
    });
  });

  it('stops at the depth and at the number of pages it is told', async () => {
    const tree = {
      '': page('root', 'a', 'b'),
      a: page('a', 'x'),
      b: page('b', 'y'),
      'a x': page('ax'),
      'b y': page('by'),
    };
    expect(await crawled(tree, { max_depth: 1 })).toMatchObject({
      paths: ['', 'a', 'b'],
      omissions: ['max command depth exceeded (>1): a x', 'max command depth exceeded (>1): b y'],
    });
    expect(await crawled(tree, { max_pages: 4 })).toMatchObject({
      paths: ['', 'a', 'a x', 'b'],
      listed: ['a', 'a x', 'b', 'b y'],
      omissions: ['max pages exceeded: b y'],
    });
  });

  it('lists what it is told to skip, and does not ask', async () => {
    const tree = { '': page('root', 'a', 'b'), b: page('b') };
    expect(await crawled(tree, { skip: [['a']] })).toMatchObject({ asked: ['--help', 'b --help'], listed: ['a', 'b'] });
  });

  it('refuses words that would be flags', async () => {
    expect(await crawled({ '': page('root', '--danger  x', '-d') })).toMatchObject({
      asked: ['--help'],
      omissions: ['skipped unusable subcommand token: "--danger"', 'skipped unusable subcommand token: "-d"'],
    });
  });

  it('records failing, empty and repeated pages, and goes no further there', async () => {
    const root = page('root', 'bad', 'echo', 'empty', 'good');
    const tree = { '': root, echo: root, empty: ' \n', good: page('good', 'deep'), 'good deep': root };
    expect(await crawled(tree)).toEqual({
      asked: ['--help', 'bad --help', 'echo --help', 'empty --help', 'good --help', 'good deep --help'],
      paths: ['', 'good'],
      listed: ['bad', 'echo', 'empty', 'good', 'good deep'],
      omissions: [
        'help page is empty: empty',
        'help page repeats the one of a command above it: echo',
        'help page repeats the one of a command above it: good deep',
        'help probe failed: bad (exit 2)',
      ],
    });
  });

  it('takes help that comes with a failure when told to', async () => {
    const tree = { '': { stdout: page('root', 'a', 'b'), exit_code: 1 }, a: { stdout: page('a'), exit_code: 2 } };
    expect(await crawled(tree, { accept_nonzero: true })).toMatchObject({
      paths: ['', 'a'],
      omissions: ['help probe failed: b (exit 2)'],
    });
    await expect(crawled(tree)).rejects.toMatchObject({ code: 'HELP_FAILED', exitCode: 3 });
  });

  it('never takes an empty root for a surface', async () => {
    await expect(crawled({ '': { stderr: page('root') } })).rejects.toMatchObject({
      code: 'HELP_EMPTY',
      remedy: expect.stringMatching(/stderr/),
    });
  });

  it('reads the stream it is told to', async () => {
    const onBoth = { '': { stdout: page('root', 'a'), stderr: page('root', 'b') }, a: page('a'), b: page('b') };
    expect((await crawled(onBoth, { stream: 'stderr' })).listed).toEqual(['b']);
    expect((await crawled(onBoth, { stream: 'first-nonempty' })).listed).toEqual(['a']);
    const onlyStderr = { '': { stderr: page('root', 'b') }, b: { stderr: page('b') } };
    expect((await crawled(onlyStderr, { stream: 'first-nonempty' })).paths).toEqual(['', 'b']);
    expect((await crawled(onlyStderr, { stream: 'both' })).paths).toEqual(['', 'b']);
  });

  it('gives the same whatever comes back first', async () => {
    const words = fc.constantFrom('a', 'b', 'c', 'd', 'help', '-x');
    const paths = fc.array(fc.array(words, { minLength: 1, maxLength: 3 }), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(paths, fc.integer({ min: 1, max: 9 }), async (all, max_pages) => {
        const tree: Record<string, string> = {};
        for (const path of [[], ...all]) {
          const key = path.join(' ');
          const below = all.filter((p) => p.length === path.length + 1 && p.slice(0, -1).join(' ') === key);
          tree[key] = page(`p ${key}`, ...below.map((p) => p.at(-1) as string));
        }
        const calm = await crawled(tree, { max_pages });
        const wild = await crawled(tree, { max_pages }, { shuffle: true });
        expect({ ...wild, asked: [] }).toEqual({ ...calm, asked: [] });
        expect(new Set(calm.asked).size).toBe(calm.asked.length);
      }),
      { numRuns: 60 },
    );
  });

  it('begins nothing more after a failure, and throws it', async () => {
    const started: string[] = [];
    const rows = Array.from({ length: 20 }, (_, n) => ({ name: `c${n}` }));
    const running = crawl({
      settings: normalizeCrawl(),
      rowsOf: (help) => (help.path?.length === 0 ? rows : []),
      concurrency: 2,
      getPage: (argv, path) => {
        started.push(argv.join(' '));
        if (path[0] === 'c1') return Promise.reject(new Error('boom'));
        return Promise.resolve({ path: [...path], argv: [...argv], stdout: argv.join(' '), stderr: '', exit_code: 0 });
      },
    });
    await expect(running).rejects.toThrow('boom');
    expect(started.length).toBeLessThan(6);
  });
});
