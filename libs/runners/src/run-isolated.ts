import { spawn } from 'node:child_process';
import { setMaxListeners } from 'node:events';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { CouldNotRun, Interrupted } from '@cliparity/model';
import { afterInput } from './after-input.js';
import { capStream } from './capped-stream.js';
import { childEnv, LOOPBACK_DIRECT } from './child-env.js';
import type { ChildResult, ChildSpec } from './child-result.js';
import { isolated, isolationHere, type Isolation } from './isolation.js';
import { keeperHere } from './keeper-here.js';
import type { Keeper } from './keeper.js';
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
  /** Whether the process has ended by itself or otherwise. */
  over(): boolean;
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
      const callOff = afterInput(CLOSE_GRACE_MS, () => {
        child.stdout?.destroy();
        child.stderr?.destroy();
        resolve({ exitCode, signal });
      });
      child.on('close', () => {
        callOff();
        resolve({ exitCode, signal });
      });
    });
  });
}

/** What a run stands on: its folders, its namespaces, and who ends it when we are gone. */
interface Ground {
  readonly scratch: Scratch;
  readonly isolation: Isolation;
  readonly keeper: Keeper | undefined;
}

function start(spec: ChildSpec, { scratch, isolation, keeper }: Ground): Started {
  const cwd = spec.cwd ?? scratch.tmp;
  const { file, args } = isolated(spec, isolation, cwd);
  const child = spawn(file, [...args], {
    cwd,
    env: { ...childEnv(scratch, spec.columns, spec.env), ...(spec.loopback === true && LOOPBACK_DIRECT) },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A session, and so a process group, of its own; and no terminal to talk to.
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  const { pid: group } = child;
  if (group !== undefined) {
    keeper?.keep(group);
    child.on('exit', () => keeper?.release(group));
  }
  const over = (): boolean => child.exitCode !== null || child.signalCode !== null;
  const kill = (): void => {
    const pid = child.pid;
    if (pid === undefined || over()) return;
    if (!isolation.processes || !killNamespace(pid)) return killGroup(pid);
    setTimeout(() => !over() && killGroup(pid), CLOSE_GRACE_MS).unref();
  };
  return { ended: endOf(child), stdout: child.stdout, stderr: child.stderr, over, kill };
}

/** As `start`; what Node throws at once instead of telling later (ENOEXEC on macOS, EMFILE, E2BIG) becomes a run that never started. */
function tryStart(spec: ChildSpec, ground: Ground): Started {
  try {
    return start(spec, ground);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const ended = Promise.resolve({ exitCode: null, signal: null, spawnError: code ?? message });
    return { ended, stdout: Readable.from([]), stderr: Readable.from([]), over: () => true, kill: () => undefined };
  }
}

async function watch(spec: ChildSpec, ground: Ground): Promise<Omit<ChildResult, 'durationMs'>> {
  const child = tryStart(spec, ground);
  let why: Why | undefined;
  const stop = (reason: Why) => () => {
    why ??= reason;
    child.kill();
  };
  const onAbort = stop('abort');
  const onTimeout = stop('timeout');
  const callOff = afterInput(spec.timeoutMs, () => {
    if (!child.over()) onTimeout();
  });
  // As many listeners as children: no leak that Node should warn of.
  if (spec.signal !== undefined) setMaxListeners(0, spec.signal);
  spec.signal?.addEventListener('abort', onAbort);
  // One that fired while the ground was laid tells nobody any more.
  if (spec.signal?.aborted === true) onAbort();
  const stdout = capStream(child.stdout, spec.maxOutputBytes, stop('cap'));
  const stderr = capStream(child.stderr, spec.maxOutputBytes, stop('cap'));
  const ended = await child.ended;
  callOff();
  spec.signal?.removeEventListener('abort', onAbort);
  if (why === 'abort') throw new Interrupted();
  const shown = (text: string): string => withoutPaths(text, ground.scratch, spec.names);
  return {
    file: spec.file,
    ...ended,
    stdout: shown(stdout.text()),
    stderr: shown(stderr.text()),
    truncated: stdout.truncated || stderr.truncated,
    timedOut: why === 'timeout',
  };
}

/** Opens, in the keeper's namespace, the folders that the child may write in. */
async function openFolders({ keeper }: Isolation, scratch: Scratch, cwd: string | undefined): Promise<void> {
  if (keeper === undefined) return;
  for (const folder of [dirname(scratch.root), ...(cwd === undefined ? [] : [cwd])]) {
    if (await keeper.open(folder)) continue;
    throw isolationFailed(folder, `${folder} could not be opened for a child that may write nowhere else`);
  }
}

function isolationFailed(where: string, message: string): CouldNotRun {
  const remedy = 'Run again; when it stays so, keep the workspace on a file system that allows bind mounts.';
  return new CouldNotRun('ISOLATION_FAILED', message, { where, remedy });
}

/**
 * Runs a program apart from this machine: fresh HOME, XDG and TMPDIR, an environment from nothing, no stdin, no network and no
 * survivors where the machine allows that, a time limit and a cap on each stream.
 * @throws Interrupted when `signal` fires, CouldNotRun ISOLATION_FAILED
 */
export async function runIsolated(spec: ChildSpec): Promise<ChildResult> {
  if (spec.signal?.aborted === true) throw new Interrupted();
  const isolation = spec.isolation ?? (await isolationHere());
  const scratch = makeScratch(spec.scratch);
  const started = performance.now();
  try {
    await openFolders(isolation, scratch, spec.cwd);
    const result = await watch(spec, { scratch, isolation, keeper: isolation.keeper ?? (await keeperHere()) });
    // What was printed may be what the namespaces had to say, which is no page.
    if (isolation.keeper?.lost === true) throw isolationFailed(spec.file, 'what holds the namespaces was killed');
    return { ...result, durationMs: performance.now() - started };
  } finally {
    removeScratch(scratch);
  }
}
