import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Crawl } from '@cliparity/model';
import type { StepEvent } from '@cliparity/plugin-api';
import { nativeRunner, NO_NAMESPACES, nodeRunner } from '@cliparity/runners';
import { makeFakeCli, type FakeCli, type FakeCliSpec } from '@cliparity/testkit';
import { captureBinary, type Capture, type CaptureRequest } from './capture-binary.js';
import { crawlSettingsDigest, normalizeCrawl } from './crawl-settings.js';
import { pageStoreIn, type PageStore } from './page-store.js';
import { simpleRows } from './testing/simple-rows.js';

const ROOT =
  'A tool\n\nUsage: fake [OPTIONS]\n\nCommands:\n  run   Runs\n  mcp   Manages\n  help  Print this message\n';
const MCP = 'Manages\n\nCommands:\n  add  Adds\n  ls   Lists\n';
const PAGES = { '': ROOT, run: 'Runs\n', mcp: MCP, 'mcp add': 'Adds\n', 'mcp ls': 'Lists\n' };
const ALL = ['', 'mcp', 'mcp add', 'mcp ls', 'run'];
const SHA = 'a'.repeat(64);

let folder: string;
let store: PageStore;
let events: StepEvent[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'capture-'));
  store = pageStoreIn(join(folder, 'pages'));
  events = [];
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function request(cli: Pick<FakeCli, 'path'>, crawl: Crawl = {}, more: Partial<CaptureRequest> = {}): CaptureRequest {
  return {
    binary: { sha256: SHA, version: '1.0.0', name: 'fake', locate: () => Promise.resolve(cli.path) },
    runner: nativeRunner,
    settings: normalizeCrawl(crawl),
    store,
    rowsOf: simpleRows,
    io: { signal: new AbortController().signal, emit: (event) => events.push(event) },
    concurrency: 3,
    scratch: join(folder, 'scratch'),
    ...more,
  };
}

const fake = (spec: Partial<FakeCliSpec> = {}): Promise<FakeCli> => makeFakeCli(folder, { pages: PAGES, ...spec });
const pathsOf = (capture: Capture): string[] => capture.crawl.pages.map(({ path }) => path.join(' '));

describe('captureBinary', () => {
  it('captures every page once, and nothing the second time', async () => {
    const cli = await fake();
    const first = await captureBinary(request(cli));
    expect(pathsOf(first)).toEqual(ALL);
    expect(first).toMatchObject({ version: '1.0.0', version_output: 'fake 1.0.0', spawned: 6, captured: 5, reused: 0 });
    const bytes = await readFile(store.file({ binary_sha256: SHA, settings_sha256: first.settings_sha256 }));

    const locate = (): Promise<string> => Promise.reject(new Error('nothing is to be located'));
    const again = await captureBinary({ ...request(cli), binary: { ...request(cli).binary, locate } });
    expect(again).toEqual({ ...first, spawned: 0, captured: 0, reused: 5 });
    expect(await cli.runs()).toHaveLength(6);
    expect(await readdir(join(folder, 'scratch'))).toEqual([]);

    const anew = await captureBinary(request(cli, {}, { fromBinary: true }));
    expect(anew).toEqual({ ...first });
    expect(await readFile(store.file({ binary_sha256: SHA, settings_sha256: first.settings_sha256 }))).toEqual(bytes);
  });

  it('runs only what is missing', async () => {
    const cli = await fake();
    const blind = { rowsOf: () => [] };
    expect(await captureBinary(request(cli, {}, blind))).toMatchObject({ spawned: 2, captured: 1 });
    expect(await captureBinary(request(cli))).toMatchObject({ spawned: 5, captured: 4, reused: 1 });
  });

  it('asks again when the settings differ', async () => {
    const cli = await fake();
    await captureBinary(request(cli));
    const help: Crawl = { help: { command: ['help', '{path}'] } };
    expect(await captureBinary(request(cli, help))).toMatchObject({ captured: 5 });
    expect(await cli.runs()).toContain('help mcp add');
  });

  it('tells how far it is', async () => {
    await captureBinary(request(await fake(), {}, { task: 'capture:here' }));
    const done = events.flatMap((event) => (event.type === 'progress' ? [event.done] : []));
    expect(done).toEqual([1, 2, 3, 4, 5]);
    expect(events.at(-1)).toMatchObject({ type: 'end', task: 'capture:here' });
  });

  it('refuses a binary of another version, and one whose pages are of another', async () => {
    const other = await fake({ version: 'fake 1.0.1\n' });
    await expect(captureBinary(request(other))).rejects.toMatchObject({ code: 'VERSION_MISMATCH', exitCode: 1 });
    expect(await other.runs()).toEqual(['--version']);
    await captureBinary(request(await fake()));
    const binary = { ...request(other).binary, version: '2.0.0' };
    await expect(captureBinary(request(other, {}, { binary }))).rejects.toMatchObject({ code: 'VERSION_MISMATCH' });
  });

  it('takes nothing away when a fresh start fails', async () => {
    const { settings_sha256 } = await captureBinary(request(await fake()));
    const before = await store.read({ binary_sha256: SHA, settings_sha256 });
    const broken = await fake({ pages: { ...PAGES, run: { behaviour: { kind: 'bytes', count: 5e6 } } } });
    await expect(captureBinary(request(broken, {}, { fromBinary: true }))).rejects.toMatchObject({
      code: 'PAGE_TOO_LARGE',
    });
    expect(await store.read({ binary_sha256: SHA, settings_sha256 })).toEqual(before);
  });

  it('goes on where a failed capture stopped', async () => {
    // Too much output, and no hang: a time limit short enough for a test is too short for the other pages on a busy machine.
    const cli = await fake({ pages: { ...PAGES, 'mcp ls': { behaviour: { kind: 'bytes', count: 9000 } } } });
    await expect(captureBinary(request(cli, { max_output_bytes: 999 }))).rejects.toMatchObject({
      code: 'PAGE_TOO_LARGE',
      exitCode: 3,
      message: expect.stringContaining('mcp ls --help'),
    });
    const mended = await fake();
    expect(await captureBinary(request(mended, { max_output_bytes: 999 }))).toMatchObject({ captured: 1, reused: 4 });
  });

  it.each<{ at: string; code: string; pages: FakeCliSpec['pages']; crawl?: Crawl }>([
    {
      at: 'a page without end',
      code: 'PAGE_TIMEOUT',
      pages: { '': { behaviour: { kind: 'hang' } } },
      crawl: { timeout_ms: 200 },
    },
    {
      at: 'a page too large',
      code: 'PAGE_TOO_LARGE',
      pages: { '': { behaviour: { kind: 'bytes', count: 9000 } } },
      crawl: { max_output_bytes: 999 },
    },
    { at: 'exit 127', code: 'BINARY_COULD_NOT_RUN', pages: { '': { stdout: 'x', exit: 127 } } },
    { at: 'an empty root', code: 'HELP_EMPTY', pages: { '': '' } },
    { at: 'a failing root', code: 'HELP_FAILED', pages: { '': { stderr: 'no such option\n', exit: 2 } } },
  ])('stops at $at', async ({ pages, crawl, code }) => {
    const cli = await fake({ pages });
    await expect(captureBinary(request(cli, crawl))).rejects.toMatchObject({ code, exitCode: 3 });
    const settings_sha256 = crawlSettingsDigest(normalizeCrawl(crawl));
    expect(await store.read({ binary_sha256: SHA, settings_sha256 })).toEqual({});
  });

  it('stops before it starts what cannot run here', async () => {
    const cli = await fake();
    const head = Buffer.alloc(100);
    head.set([0x4d, 0x5a]);
    await writeFile(cli.path, head);
    await expect(captureBinary(request(cli))).rejects.toMatchObject({ code: 'BINARY_WRONG_ARCHITECTURE' });
  });

  it('takes down a sub-command that fails, in words that name no machine', async () => {
    const cli = await fake({ pages: { ...PAGES, run: { stderr: 'no\n', exit: 127 } } });
    const { crawl } = await captureBinary(request(cli));
    expect(crawl.omissions).toEqual(['help probe failed: run (exit 127)']);
    expect(crawl.listed.map(({ path }) => path.join(' '))).toContain('run');
  });

  it('does not go down where a CLI answers unknown words with its root page', async () => {
    const cli = await fake({ pages: { '': ROOT }, unknown: 'root-page' });
    const { crawl, captured } = await captureBinary(request(cli));
    expect(captured).toBe(3);
    expect(crawl.omissions).toHaveLength(2);
  });

  it('starts the program under its own name, and keeps paths out of its pages', async () => {
    const script = join(folder, 'by-name');
    const text =
      '#!/bin/sh\ncase "$1" in --version) echo 1.0.0;; *) echo "Usage: $0 home $HOME/.x as $(basename "$0")";; esac\n';
    await writeFile(script, text, { mode: 0o755 });
    const stored = join(folder, 'f'.repeat(64));
    await rename(script, stored);
    const { crawl } = await captureBinary(request({ path: stored }));
    expect(crawl.pages[0]?.stdout).toBe('Usage: fake home $HOME/.x as fake\n');
  });

  it('runs scripts with Node', async () => {
    const path = join(folder, 'fake.js');
    const lines = [
      `const v = process.argv[2] === '--version';`,
      `console.log(v ? '1.0.0' : 'Usage: ' + process.argv[1]);`,
    ];
    await writeFile(path, lines.join('\n'));
    const { crawl } = await captureBinary(request({ path }, {}, { runner: nodeRunner }));
    expect(crawl.pages[0]?.stdout).toBe('Usage: fake\n');
  });

  it('speaks any language', async () => {
    const pages = { '': 'Ein Werkzeug für Übungen 🛠\n\nAufruf: fake\n' };
    expect((await captureBinary(request(await fake({ pages })))).crawl.pages[0]?.stdout).toBe(pages['']);
  });

  it('gives the same pages with namespaces and without', async () => {
    const cli = await fake();
    const here = await captureBinary(request(cli));
    const bytes = await readFile(store.file({ binary_sha256: SHA, settings_sha256: here.settings_sha256 }));
    await captureBinary(request(cli, {}, { fromBinary: true, isolation: NO_NAMESPACES, concurrency: 1 }));
    expect(await readFile(store.file({ binary_sha256: SHA, settings_sha256: here.settings_sha256 }))).toEqual(bytes);
  });

  it('captures again what a damaged file had, and says so', async () => {
    const cli = await fake();
    const { settings_sha256 } = await captureBinary(request(cli));
    await writeFile(store.file({ binary_sha256: SHA, settings_sha256 }), 'rubbish');
    expect(await captureBinary(request(cli))).toMatchObject({ captured: 5 });
    expect(events).toContainEqual(expect.objectContaining({ type: 'note', level: 'warn' }));
  });

  it('stops when told to', async () => {
    const stop = new AbortController();
    const cli = await fake({ pages: { ...PAGES, run: { behaviour: { kind: 'hang' } } } });
    const io = {
      signal: stop.signal,
      emit: (event: StepEvent) => event.type === 'progress' && event.done === 2 && stop.abort(),
    };
    await expect(captureBinary(request(cli, {}, { io }))).rejects.toMatchObject({ code: 'INTERRUPTED', exitCode: 130 });
  });
});

describe('features', () => {
  const list = 'one  stable  true\ntwo  under development  false\nold  removed  false\n';
  const features = { argv: ['features', 'list'], enable: ['--enable', '{name}'] };

  it('are listed in one pass when nothing says how to enable them', async () => {
    const cli = await fake({ answers: { 'features list': list } });
    const capture = await captureBinary(request(cli, { features: { ...features, enable: [] } }));
    expect(capture.features).toEqual({
      mode: 'default',
      listed: [
        { name: 'old', stage: 'removed', effective: false },
        { name: 'one', stage: 'stable', effective: true },
        { name: 'two', stage: 'under development', effective: false },
      ],
    });
    expect(pathsOf(capture)).toEqual(ALL);
    expect(capture.enabled).toBeUndefined();
  });

  it('are enabled in a second pass when the settings say how', async () => {
    const on = '--enable one --enable two';
    const more = ROOT.replace('  run ', '  lab   Tries\n  run ');
    const answers: Record<string, string> = {
      'features list': list,
      [`${on} --help`]: more,
      [`${on} lab --help`]: 'Lab\n',
    };
    for (const [path, text] of Object.entries(PAGES)) if (path !== '') answers[`${on} ${path} --help`] = text;
    const cli = await fake({ answers });
    const capture = await captureBinary(request(cli, { features }));
    expect(capture.features).toMatchObject({
      mode: 'default_plus_all_enabled',
      enabled_for_snapshot: ['one', 'two'],
      commands_added_when_all_enabled: [['lab']],
    });
    expect(capture.enabled?.pages.map(({ path }) => path.join(' '))).toContain('lab');
    expect(pathsOf(capture)).toEqual(ALL);
    expect(await captureBinary(request(cli, { features }))).toMatchObject({ spawned: 0, reused: 12 });
  });

  it('that cannot be listed leave one pass and the reason', async () => {
    const capture = await captureBinary(request(await fake(), { features }));
    expect(capture.features).toEqual({
      mode: 'default',
      probe_error: "features list exited 2: error: unrecognized command line 'features list'",
    });
  });
});

describe('settings', () => {
  it('name the file of the store', async () => {
    const settings_sha256 = crawlSettingsDigest(normalizeCrawl());
    expect((await captureBinary(request(await fake()))).settings_sha256).toBe(settings_sha256);
  });
});
