import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { REPLAY_FAILED } from '@cliparity/replay';
import { HOUSE } from './support/clone.js';
import { CLIPARITY_BIN } from './support/command.js';
import { CODEX_FIXTURES, codexVersions } from './support/golden.js';
import { newFolder, put, removePlaces } from './support/place.js';

jest.setTimeout(180_000);
afterAll(removePlaces);

const has = (program: string): boolean => spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0;
const CONSUMERS = join(HOUSE, 'integration/src/consumers');
/** From Debian’s packages; not on every machine. */
const ELIXIR = 'elixir';
const STREAMS = ['thread_basic', 'thread_mcp', 'error_429', 'app_approval_decline'] as const;

let folder = '';
beforeEach(() => {
  folder = newFolder();
});

/** `cliparity replay` with these words, in this workspace. */
function replay(words: readonly string[], input = '') {
  const run = spawnSync(process.execPath, [CLIPARITY_BIN, '-C', HOUSE, 'replay', ...words], {
    input,
    encoding: 'utf8',
  });
  return { exit: run.status, signal: run.signal, stdout: run.stdout, stderr: run.stderr };
}
const fixture = (stream: string, version = '0.125.0'): string =>
  readFileSync(join(CODEX_FIXTURES, version, `${stream}.jsonl`), 'utf8');
const calls = (): readonly { readonly call: number; readonly argv: readonly string[] }[] =>
  readFileSync(join(folder, 'state/calls.ndjson'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { call: number; argv: string[] });

/** Puts a codex on PATH that plays the streams one call after the other. */
function codexThatPlays(version: string, streams: readonly string[], words: readonly string[] = []): NodeJS.ProcessEnv {
  const ids = streams.map((stream) => `codex/${version}/${stream}`);
  const standIn = join(folder, 'bin/codex');
  const wrote = replay([...ids, '--stand-in', standIn, '--state', join(folder, 'state'), ...words]);
  expect([wrote.exit, wrote.stderr]).toEqual([0, '']);
  return { ...process.env, PATH: `${join(folder, 'bin')}${delimiter}${process.env['PATH'] ?? ''}` };
}

describe('replay plays one call', () => {
  it('as it was recorded: the stream, and how it ended', () => {
    expect(replay(['codex/0.125.0/thread_basic', '--', 'exec', '--json', 'x'])).toEqual({
      exit: 0,
      signal: null,
      stdout: fixture('thread_basic'),
      stderr: '',
    });
    const path = join(CODEX_FIXTURES, '0.125.0/error_429.jsonl');
    expect(replay([path])).toMatchObject({ exit: 1, stdout: fixture('error_429') });
  });

  it('otherwise, where it is told to', () => {
    const words = ['codex/0.125.0/thread_basic', '--truncate', '1:5', '--exit', '9', '--stderr', 'oh'];
    const [first = '', second = ''] = fixture('thread_basic').split('\n');
    expect(replay(words)).toMatchObject({ exit: 9, stdout: `${first}\n${second.slice(0, 5)}`, stderr: 'oh\n' });
    expect(replay(['codex/0.125.0/thread_basic', '--exit', 'SIGTERM'])).toMatchObject({ signal: 'SIGTERM' });
    const replaced = replay(['codex/0.125.0/thread_patch', '--replace', '/CWD=/here']);
    expect(replaced.stdout).toBe(fixture('thread_patch').replaceAll('/CWD', '/here'));
  });

  it('refuses an end that there is not', () => {
    for (const end of ['SIGFOO', '256']) {
      const ran = replay(['codex/0.125.0/thread_basic', '--exit', end]);
      expect([ran.exit, ran.stdout, ran.stderr.includes('REPLAY_OPTION_INVALID')]).toEqual([REPLAY_FAILED, '', true]);
    }
  });

  it('at the pace of the recording, whose first line came after the program had started', () => {
    expect(replay(['codex/0.125.0/thread_basic', '--pace', 'recorded']).stdout).toBe(fixture('thread_basic'));
    put(join(folder, 'own.jsonl'), '{}\n');
    expect(replay([join(folder, 'own.jsonl'), '--pace', 'recorded'])).toMatchObject({
      exit: REPLAY_FAILED,
      stderr: expect.stringContaining('REPLAY_NOT_RECORDED'),
    });
  });

  it('with the recorded command line, ids of threads aside', () => {
    const step2 = ['codex/0.125.0/thread_auto_run_step2', '--check-argv', '--'];
    const words = ['exec', '--json', '--skip-git-repo-check', '-s', 'read-only', 'resume'];
    const { argv } = JSON.parse(
      readFileSync(join(CODEX_FIXTURES, '0.125.0/thread_auto_run_step2.meta.json'), 'utf8'),
    ) as { argv: string[] };
    expect(replay([...step2, ...argv.map((word) => word.replace('{{thread}}', 'any-id'))])).toMatchObject({ exit: 0 });
    expect(replay([...step2, ...words])).toMatchObject({ exit: REPLAY_FAILED, stdout: '' });
  });

  it('as the n-th of several, counted in a folder that is not there before the first', () => {
    const words = ['codex/0.125.0/thread_basic', 'codex/0.125.0/error_429', '--state', join(folder, 'state')];
    expect(() => calls()).toThrow('ENOENT');
    expect([1, 2, 3].map((nth) => replay([...words, '--', String(nth)]).exit)).toEqual([0, 1, REPLAY_FAILED]);
    expect(calls()).toMatchObject([1, 2, 3].map((call) => ({ call, argv: [String(call)] })));
  });

  it('as the server of a conversation', () => {
    const says = [
      { id: 5, method: 'initialize', params: {} },
      { method: 'initialized' },
      { id: 6, method: 'thread/start', params: {} },
    ];
    const input = says.map((line) => `${JSON.stringify(line)}\n`).join('');
    const talk = replay(['codex/0.125.0/app_basic'], input);
    expect(JSON.parse(talk.stdout.split('\n')[0] ?? '')).toMatchObject({ id: 5 });
    expect(talk).toMatchObject({
      exit: REPLAY_FAILED,
      stderr: expect.stringContaining('hung up before it said turn/start'),
    });
    const other = replay(['codex/0.125.0/app_basic'], '{"id":1,"method":"thread/list"}\n');
    expect(other).toMatchObject({ exit: REPLAY_FAILED, stderr: expect.stringContaining('thread/list') });
  });

  it.each([
    [['absent.jsonl'], 'REPLAY_FIXTURE_MISSING'],
    [['codex/0.125.0/absent'], 'REPLAY_FIXTURE_MISSING'],
    [['codex/0.125.0/thread_basic', '--truncate', 'half'], 'REPLAY_OPTION_INVALID'],
    [['codex/0.125.0/thread_basic', '--pace', 'fast'], 'REPLAY_OPTION_INVALID'],
    [['codex/0.125.0/thread_basic', '--exit', 'x'], 'REPLAY_OPTION_INVALID'],
    [['codex/0.125.0/thread_basic', '--replace', 'x'], 'REPLAY_OPTION_INVALID'],
  ])('and ends with 70 for what is its own trouble: %j', (words, code) => {
    expect(replay(words)).toMatchObject({ exit: REPLAY_FAILED, stdout: '', stderr: expect.stringContaining(code) });
  });
});

describe.each(codexVersions().filter((version) => version !== '0.92.0'))('codex %s on PATH, replayed', (version) => {
  const python = has('python3') ? it : it.skip;
  python('passes a wrapper’s tests in Python (skipped without Python)', () => {
    const env = codexThatPlays(version, STREAMS);
    const run = spawnSync('python3', ['-B', join(CONSUMERS, 'test_recorded_streams.py')], { env, encoding: 'utf8' });
    expect([run.status, run.stderr.includes('Ran 5 tests')]).toEqual([0, true]);
    expect(calls().map(({ argv }) => argv[0])).toEqual(['exec', 'exec', 'exec', 'app-server', 'exec']);
  });

  const elixir = has(ELIXIR) ? it : it.skip;
  elixir('passes a wrapper’s tests in Elixir (skipped without Elixir)', () => {
    const env = codexThatPlays(version, STREAMS.slice(0, 3));
    const run = spawnSync(ELIXIR, [join(CONSUMERS, 'recorded_streams_test.exs')], { env, encoding: 'utf8' });
    expect([run.status, run.stdout]).toEqual([0, expect.stringContaining('0 failures')]);
  });

  it('wants the command line that the stand-in was told', () => {
    const env = codexThatPlays(version, ['thread_basic'], ['--', 'exec', '--json', '...']);
    expect(spawnSync(join(folder, 'bin/codex'), ['exec'], { env }).status).toBe(REPLAY_FAILED);
  });
});
