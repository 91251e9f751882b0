import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { writeStandIn } from '@cliparity/replay';
import { build } from 'esbuild';
import { HOUSE } from './support/clone.js';
import { CODEX_FIXTURES, codexVersions } from './support/golden.js';

jest.setTimeout(60_000);

const has = (program: string): boolean => spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0;
const CONSUMERS = join(HOUSE, 'integration/src/consumers');
/** From Debian’s packages; not on every machine. */
const ELIXIR = 'elixir';
const STREAMS = ['thread_basic', 'thread_mcp', 'error_429', 'app_approval_decline'] as const;

let player = '';
let folder = '';
beforeAll(async () => {
  const entry = join(HOUSE, 'libs/replay/src/player-main.ts');
  const options = { bundle: true, write: false, platform: 'node', format: 'iife', target: 'node20' } as const;
  player = (await build({ ...options, entryPoints: [entry] })).outputFiles[0]?.text ?? '';
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cliparity-consumer-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Puts a codex on PATH that plays the streams one call after the other. */
async function codexThatPlays(version: string, streams: readonly string[]): Promise<NodeJS.ProcessEnv> {
  const calls = streams.map((stream) => ({ fixture: join(CODEX_FIXTURES, version, `${stream}.jsonl`) }));
  const state = join(folder, 'state');
  await writeStandIn({ path: join(folder, 'bin', 'codex'), state, calls, player, node: process.execPath });
  return { ...process.env, PATH: `${join(folder, 'bin')}${delimiter}${process.env['PATH'] ?? ''}` };
}

describe.each(codexVersions().filter((version) => version !== '0.92.0'))('codex %s on PATH, replayed', (version) => {
  const python = has('python3') ? it : it.skip;
  python('passes a wrapper’s tests in Python (skipped without Python)', async () => {
    const env = await codexThatPlays(version, STREAMS);
    const run = spawnSync('python3', ['-B', join(CONSUMERS, 'test_recorded_streams.py')], { env, encoding: 'utf8' });
    expect([run.status, run.stderr.includes('Ran 5 tests')]).toEqual([0, true]);
    const calls = readFileSync(join(folder, 'state', 'calls.ndjson'), 'utf8')
      .trim()
      .split('\n');
    expect(calls.map((line) => (JSON.parse(line) as { argv: string[] }).argv[0])).toEqual([
      'exec',
      'exec',
      'exec',
      'app-server',
      'exec',
    ]);
  });

  const elixir = has(ELIXIR) ? it : it.skip;
  elixir('passes a wrapper’s tests in Elixir (skipped without Elixir)', async () => {
    const env = await codexThatPlays(version, STREAMS.slice(0, 3));
    const run = spawnSync(ELIXIR, [join(CONSUMERS, 'recorded_streams_test.exs')], { env, encoding: 'utf8' });
    expect([run.status, run.stdout]).toEqual([0, expect.stringContaining('0 failures')]);
  });
});
