import { spawn, type ChildProcess } from 'node:child_process';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Place } from './place.js';

const HOUSE = resolve(fileURLToPath(import.meta.url), '../../../..');

/** The command as users start it. `CLIPARITY_E2E_BIN` names another build of it. */
export const CLIPARITY_BIN = process.env['CLIPARITY_E2E_BIN'] ?? join(HOUSE, 'apps/cli/bin/cliparity.mjs');

/** How one run of the command ended. */
export interface Ran {
  /** null when a signal ended it. */
  readonly exit: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}
export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ran>;
}
export interface RunOptions {
  /** Variables besides the minimal environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** The working folder; the workspace unless said. */
  readonly cwd?: string;
}

const HANDED_ON = ['PATH', 'TMPDIR', 'NODE_OPTIONS', 'CLIPARITY_GUARD_LOG'] as const;

/** What a run may know of this machine: the loopback guard of the tests, and no proxy for loopback. HOME and store are the place's own. */
function environmentOf(place: Place, extra: RunOptions['env']): Record<string, string> {
  const handed = HANDED_ON.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const proxies = { HTTP_PROXY: 'http://127.0.0.1:9', HTTPS_PROXY: 'http://127.0.0.1:9', NO_PROXY: '127.0.0.1' };
  return {
    ...Object.fromEntries(handed),
    ...proxies,
    HOME: place.home,
    CLIPARITY_STORE: place.store,
    ...extra,
  };
}

/** Starts the command with exactly these words. */
export function startRaw(place: Place, words: readonly string[], options: RunOptions = {}): Running {
  const child = spawn(process.execPath, [CLIPARITY_BIN, ...words], {
    cwd: options.cwd ?? place.workspace,
    env: environmentOf(place, options.env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const streams = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (chunk: string) => (streams[name] += chunk));
  }
  const ended = new Promise<Ran>((done, failed) => {
    child.on('error', failed);
    child.on('close', (exit, signal) => done({ exit, signal, ...streams }));
  });
  return { child, ended };
}

/** Starts the command for the place's workspace. */
export const start = (place: Place, words: readonly string[], options?: RunOptions): Running =>
  startRaw(place, ['-C', place.workspace, ...words], options);

/** Runs the command for the place's workspace to its end. */
export const run = async (place: Place, words: readonly string[], options?: RunOptions): Promise<Ran> =>
  start(place, words, options).ended;

/** As `run`, but it must succeed: a test that prepares something must not go on without it. */
export async function mustRun(place: Place, words: readonly string[], options?: RunOptions): Promise<Ran> {
  const ran = await run(place, words, options);
  if (ran.exit === 0) return ran;
  throw new Error(`cliparity ${words.join(' ')} ended with ${String(ran.exit ?? ran.signal)}:\n${ran.stderr}`);
}
