import { spawn } from 'node:child_process';
import { CouldNotRun, Interrupted } from '@cliparity/model';
import { afterInput } from '@cliparity/runners';
import { createLineSplitter } from './line-splitter.js';
import type { User } from './variation.js';

/** How a program is started for a recording. */
export interface SessionSpec {
  readonly file: string;
  readonly argv: readonly string[];
  readonly cwd: string;
  /** The whole environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** Of standard output. */
  readonly maxBytes: number;
  readonly signal: AbortSignal;
  /** Another user than our own. */
  readonly user?: User | undefined;
  readonly onLine: (line: string) => void;
  /** Standard input is closed at once unless it stays open. */
  readonly keepStdin: boolean;
}

/** How it ended. */
export interface SessionEnd {
  readonly code: number | null;
  readonly signal: string | null;
  /** The end of standard error, for messages; never recorded. */
  readonly stderr: string;
  readonly unfinished: boolean;
  readonly invalidUtf8: boolean;
}
export interface Session {
  readonly write: (text: string) => void;
  readonly closeStdin: () => void;
  readonly kill: (signal: 'SIGINT' | 'SIGTERM' | 'SIGKILL') => void;
  /** Rejects with HARVEST_TIMEOUT, HARVEST_TOO_LARGE, HARVEST_NOT_STARTED or INTERRUPTED. */
  readonly ended: Promise<SessionEnd>;
}

/** A grandchild that left the group may hold the pipes; it is not waited for. */
const CLOSE_GRACE_MS = 300;
const STDERR_KEPT = 64 * 1024;

function signalGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, signal);
  } catch {
    // Gone already.
  }
}

const errors = {
  timeout: (spec: SessionSpec) =>
    new CouldNotRun('HARVEST_TIMEOUT', `The upstream did not end within ${String(spec.timeoutMs)} ms.`, {
      where: spec.argv.join(' '),
      remedy: 'Look at what its scenario waits for, or raise the step’s timeoutMs.',
    }),
  large: (spec: SessionSpec) =>
    new CouldNotRun('HARVEST_TOO_LARGE', `The upstream printed more than ${String(spec.maxBytes)} bytes.`, {
      where: spec.argv.join(' '),
      remedy: 'A recorded stream must stay small; give the scenario less to print.',
    }),
  start: (spec: SessionSpec, cause: NodeJS.ErrnoException) =>
    new CouldNotRun('HARVEST_NOT_STARTED', `The upstream could not be started (${cause.code ?? cause.message}).`, {
      where: spec.file,
      remedy: 'Acquire it again, and see `cliparity doctor` for what runs here.',
      cause,
    }),
} as const;

function spawnChild(spec: SessionSpec) {
  return spawn(spec.file, [...spec.argv], {
    cwd: spec.cwd,
    env: { ...spec.env },
    stdio: [spec.keepStdin ? 'pipe' : 'ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
    windowsHide: true,
    ...spec.user,
  });
}

/** Starts a program in a process group of its own, which is killed whole when it ends, runs late, prints too much or the run is stopped. */
export function startSession(spec: SessionSpec): Session {
  const child = spawnChild(spec);
  const splitter = createLineSplitter(spec.onLine);
  let stderr = '';
  let size = 0;
  let problem: Error | undefined;
  const isOver = (): boolean => child.exitCode !== null || child.signalCode !== null;
  const fail = (error: Error): void => {
    problem ??= error;
    if (!isOver()) signalGroup(child.pid, 'SIGKILL');
  };
  const onAbort = (): void => fail(new Interrupted());
  const callOff = afterInput(spec.timeoutMs, () => {
    if (!isOver()) fail(errors.timeout(spec));
  });
  spec.signal.addEventListener('abort', onAbort);
  child.stdin?.on('error', () => undefined);
  child.stdout?.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > spec.maxBytes) return fail(errors.large(spec));
    splitter.push(chunk);
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr = (stderr + chunk.toString('utf8')).slice(-STDERR_KEPT);
  });
  const ended = new Promise<SessionEnd>((resolve, reject) => {
    let over = false;
    const finish = (code: number | null, signal: string | null): void => {
      if (over) return;
      over = true;
      callOff();
      spec.signal.removeEventListener('abort', onAbort);
      const { unfinished, invalidUtf8 } = splitter.end();
      if (problem !== undefined) reject(problem);
      else resolve({ code, signal, stderr, unfinished, invalidUtf8 });
    };
    child.on('error', (cause: NodeJS.ErrnoException) => {
      problem ??= errors.start(spec, cause);
      finish(null, null);
    });
    child.on('exit', (code, signal) => {
      signalGroup(child.pid, 'SIGKILL');
      afterInput(CLOSE_GRACE_MS, () => {
        child.stdout?.destroy();
        child.stderr?.destroy();
        finish(code, signal);
      });
    });
    child.on('close', (code, signal) => finish(code, signal));
  });
  ended.catch(() => undefined);
  if (spec.signal.aborted) onAbort();
  return {
    write: (text) => void child.stdin?.write(text),
    closeStdin: () => void child.stdin?.end(),
    kill: (signal) => {
      if (!isOver()) signalGroup(child.pid, signal);
    },
    ended,
  };
}
