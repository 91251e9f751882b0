import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import {
  probeVersion,
  checkBinary,
  hostOf,
  runIsolated,
  type ChildResult,
  type Isolation,
  type Runner,
  type VersionAnswer,
} from '@cliparity/runners';
import type { CrawlSettings } from './crawl-settings.js';
import { sweepScratch } from './sweep-scratch.js';

/** The binary to ask, and how to get hold of it when it must be asked. */
export interface CaptureBinary {
  readonly sha256: string;
  /** The version the lock says it is. */
  readonly version: string;
  /** The program's name as users type it. */
  readonly name: string;
  /** Absolute path of the executable; called at most once, and only when something must be run. */
  readonly locate: () => Promise<string>;
}

export interface SessionRequest {
  readonly binary: CaptureBinary;
  readonly runner: Runner;
  readonly settings: CrawlSettings;
  /** Folder for the children's private folders: `.cliparity/tmp`. */
  readonly scratch: string;
  readonly signal: AbortSignal;
  readonly isolation?: Isolation;
}

/** One binary being asked. */
export interface BinarySession {
  /** Runs it; before the first run its format and its version are checked. */
  run(argv: readonly string[]): Promise<ChildResult>;
  /** What it said of its version, once it was asked. */
  version(): VersionAnswer | undefined;
  /** Processes started so far. */
  spawned(): number;
  /** Deletes what the session made. */
  close(): Promise<void>;
}

/** A program is known by the name it is started under: help pages print it. */
async function linkedAs(name: string, path: string, folder: string): Promise<string> {
  if (basename(path).replace(/\.(exe|[cm]?js)$/, '') === name) return path;
  const link = join(folder, process.platform === 'win32' ? `${name}.exe` : name);
  return symlink(path, link).then(
    () => link,
    () => path,
  );
}

interface Ready {
  readonly path: string;
  readonly names: Readonly<Record<string, string>>;
}

/** Prepares to ask a binary; nothing is located and nothing is started before the first `run`. */
export function openSession(request: SessionRequest): BinarySession {
  const { binary, runner, settings } = request;
  let spawned = 0;
  let answer: VersionAnswer | undefined;
  let folder: string | undefined;
  let ready: Promise<Ready> | undefined;

  const start = ({ path, names }: Ready, argv: readonly string[]): Promise<ChildResult> => {
    spawned += 1;
    return runIsolated({
      ...runner.command(path, argv),
      scratch: request.scratch,
      env: settings.env,
      timeoutMs: settings.timeout_ms,
      maxOutputBytes: settings.max_output_bytes,
      columns: settings.columns,
      signal: request.signal,
      names,
      ...(request.isolation !== undefined && { isolation: request.isolation }),
    });
  };

  const prepare = async (): Promise<Ready> => {
    const located = resolve(await binary.locate());
    const machine = runner.machine?.(hostOf());
    if (machine !== undefined) await checkBinary(located, machine);
    await mkdir(request.scratch, { recursive: true });
    await sweepScratch(request.scratch);
    folder = await mkdtemp(join(resolve(request.scratch), `bin-${String(process.pid).padStart(7, '0')}-`));
    const path = await linkedAs(binary.name, located, folder);
    const prepared = { path, names: { [path]: binary.name, [located]: binary.name } };
    answer = await probeVersion((argv) => start(prepared, argv), binary.version, settings.version_argv);
    return prepared;
  };

  return {
    run: async (argv) => start(await (ready ??= prepare()), argv),
    version: () => answer,
    spawned: () => spawned,
    close: async () => {
      if (folder !== undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}
