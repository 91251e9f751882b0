import { spawn } from 'node:child_process';
import { Readable } from 'node:stream';
import { Interrupted } from '@cliparity/model';
import { capStream } from './capped-stream.js';
import { childEnv } from './child-env.js';
import type { ChildResult, ChildSpec } from './child-result.js';
import { isolated, isolationHere, type Isolation } from './isolation.js';
import { killGroup, killNamespace } from './kill-tree.js';
import { makeScratch, removeScratch, withoutPaths, type Scratch } from './scratch.js';

/** How long a killed child's streams may stay open: an escaped grandchild can hold them where there are no namespaces. */
const CLOSE_GRACE_MS = 250;

type Why = 'timeout' | 'cap' | 'abort';

interface Ended {
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly spawnError?: string;
}

interface Started {
  readonly ended: Promise<Ended>;
  readonly stdout: Readable;
  readonly stderr: Readable;
  kill(): void;
}

/** Ends with the streams, or a moment after the process when something else holds them. */
function endOf(child: ReturnType<typeof spawn>): Promise<Ended> {
  return new Promise((resolve) => {
    child.on('error', (error: NodeJS.ErrnoException) =>
      resolve({ exitCode: null, signal: null, spawnError: error.code ?? error.message }),
    );
    child.on('exit', (exitCode, signal) => {
      if (child.pid !== undefined) killGroup(child.pid);
      const late = setTimeout(() => {
        child.stdout?.destroy();
        child.stderr?.destroy();
        resolve({ exitCode, signal });
      }, CLOSE_GRACE_MS);
      child.on('close', () => {
        clearTimeout(late);
        resolve({ exitCode, signal });
      });
    });
  });
}

function start(spec: ChildSpec, scratch: Scratch, isolation: Isolation): Started {
  const { file, args } = isolated(spec, isolation);
  const child = spawn(file, [...args], {
    cwd: spec.cwd ?? scratch.tmp,
    env: childEnv(scratch, spec.columns, spec.env),
    stdio: ['ignore', 'pipe', 'pipe'],
    // A session, and so a process group, of its own; and no terminal to talk to.
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  const kill = (): void => {
    const pid = child.pid;
    if (pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    if (!isolation.processes || !killNamespace(pid)) return killGroup(pid);
    setTimeout(() => child.exitCode === null && child.signalCode === null && killGroup(pid), CLOSE_GRACE_MS).unref();
  };
  return { ended: endOf(child), stdout: child.stdout, stderr: child.stderr, kill };
}

/** As `start`; what Node throws at once instead of telling later (ENOEXEC on macOS, EMFILE, E2BIG) becomes a run that never started. */
function tryStart(spec: ChildSpec, scratch: Scratch, isolation: Isolation): Started {
  try {
    return start(spec, scratch, isolation);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const ended = Promise.resolve({ exitCode: null, signal: null, spawnError: code ?? message });
    return { ended, stdout: Readable.from([]), stderr: Readable.from([]), kill: () => undefined };
  }
}

async function watch(
  spec: ChildSpec,
  scratch: Scratch,
  isolation: Isolation,
): Promise<Omit<ChildResult, 'durationMs'>> {
  const child = tryStart(spec, scratch, isolation);
  let why: Why | undefined;
  const stop = (reason: Why) => () => {
    why ??= reason;
    child.kill();
  };
  const onAbort = stop('abort');
  const timer = setTimeout(stop('timeout'), spec.timeoutMs);
  spec.signal?.addEventListener('abort', onAbort);
  const stdout = capStream(child.stdout, spec.maxOutputBytes, stop('cap'));
  const stderr = capStream(child.stderr, spec.maxOutputBytes, stop('cap'));
  const ended = await child.ended;
  clearTimeout(timer);
  spec.signal?.removeEventListener('abort', onAbort);
  if (why === 'abort') throw new Interrupted();
  const shown = (text: string): string => withoutPaths(text, scratch, spec.names);
  return {
    file: spec.file,
    ...ended,
    stdout: shown(stdout.text()),
    stderr: shown(stderr.text()),
    truncated: stdout.truncated || stderr.truncated,
    timedOut: why === 'timeout',
  };
}

/**
 * Runs a program apart from this machine: fresh HOME, XDG and TMPDIR, an environment from nothing, no stdin, no network and no
 * survivors where the machine allows that, a time limit and a cap on each stream.
 * @throws Interrupted when `signal` fires
 */
export async function runIsolated(spec: ChildSpec): Promise<ChildResult> {
  if (spec.signal?.aborted === true) throw new Interrupted();
  const isolation = spec.isolation ?? (await isolationHere());
  const scratch = makeScratch(spec.scratch);
  const started = performance.now();
  try {
    const result = await watch(spec, scratch, isolation);
    return { ...result, durationMs: performance.now() - started };
  } finally {
    removeScratch(scratch);
  }
}
