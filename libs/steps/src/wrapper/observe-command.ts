import { spawn } from 'node:child_process';
import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { observedLine } from '@cliparity/coverage';
import { writeFailure } from '@cliparity/manifest-store';
import { CouldNotRun, UsageError } from '@cliparity/model';
import { createMasker, type Masker } from '@cliparity/redact';

/** How the observed child ended: its code, or the signal that ended it. */
export type ChildEnd = number | NodeJS.Signals;

export interface ObserveRequest {
  /** Absolute path of the log; made when it is not there. */
  readonly log: string;
  /** The program and its argv. */
  readonly command: readonly string[];
  /** The environment that the child gets, whole: nothing about its run may differ. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Folders that name this machine, each with what stands for it in the log; a longer path before what it lies in. */
  readonly places: readonly (readonly [path: string, name: string])[];
}

const SECRET = /(?:key|token|secret|passw|credential|auth)/i;

/** Knows the values of variables that are named like secrets. */
function maskerOf(env: ObserveRequest['env']): Masker {
  const masker = createMasker();
  for (const [name, value] of Object.entries(env)) if (value !== undefined && SECRET.test(name)) masker.add(value);
  return masker;
}

/**
 * An argv as it may be written down: known secrets, values of flags that are named like secrets, and folders of this machine are taken out.
 * Pure.
 */
export function maskArgv(
  argv: readonly string[],
  { env, places }: Pick<ObserveRequest, 'env' | 'places'>,
): readonly string[] {
  const masker = maskerOf(env);
  return argv.map((word, i) => {
    const before = argv[i - 1] ?? '';
    if (before.startsWith('-') && !before.includes('=') && SECRET.test(before) && !word.startsWith('-')) return '***';
    const [, flag, value] = /^(--?[\w-]+)=(.*)$/su.exec(word) ?? [];
    if (flag !== undefined && value !== undefined && SECRET.test(flag)) return `${flag}=***`;
    return places.reduce((text, [path, name]) => text.replaceAll(path, name), masker.mask(word));
  });
}

/** Adds a line, unless it is there: a wrapper’s tests make the same call many times, and a log is committed. */
async function record({ log, command, ...rest }: ObserveRequest): Promise<void> {
  const line = observedLine(maskArgv(command.slice(1), rest));
  try {
    const there = await readFile(log, 'utf8').catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
      throw error;
    });
    if (there.split('\n').includes(line.trimEnd())) return;
    await mkdir(dirname(log), { recursive: true });
    // One write of a whole line: calls at the same time do not mix.
    await appendFile(log, line);
  } catch (cause) {
    throw writeFailure(log, cause);
  }
}

/**
 * The recording stand-in: writes down the argv of a program, then is that program as far as anybody can tell: same standard streams, same
 * signals, same end. Errors: OBSERVE_NOTHING, OBSERVE_NOT_STARTED, WRITE_FAILED, DISK_FULL.
 */
export async function observeCommand(request: ObserveRequest): Promise<ChildEnd> {
  const [program, ...argv] = request.command;
  if (program === undefined)
    throw new UsageError('OBSERVE_NOTHING', 'there is no command to observe', {
      where: 'observe',
      remedy: 'Write it after two dashes: cliparity observe --log FILE -- COMMAND ARGUMENT…',
    });
  await record(request);
  return new Promise((resolve, reject) => {
    const child = spawn(program, argv, { stdio: 'inherit', env: request.env, windowsHide: true });
    const hands = (['SIGINT', 'SIGTERM', 'SIGHUP'] as const).map((signal) => {
      // A terminal tells the whole group itself; told twice, a child may take the second as impatience.
      const hand = (): void => void (signal === 'SIGINT' && process.stdin.isTTY ? undefined : child.kill(signal));
      process.on(signal, hand);
      return () => void process.off(signal, hand);
    });
    const release = (): void => {
      for (const off of hands) off();
    };
    child.on('error', (cause) => {
      release();
      const why = `${program} could not be started (${(cause as NodeJS.ErrnoException).code ?? 'unknown error'}).`;
      reject(
        new CouldNotRun('OBSERVE_NOT_STARTED', why, {
          where: program,
          remedy: 'Check the path of the program.',
          cause,
        }),
      );
    });
    child.on('close', (code, signal) => {
      release();
      resolve(signal ?? code ?? 1);
    });
  });
}
