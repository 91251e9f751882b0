import { chmod, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { CouldNotRun, UsageError } from '@cliparity/model';
import type { ReplayCall, ReplayScript } from './replay-script.js';

/** A call as people write it: what is not said comes from the fixture's sidecar. */
export interface StandInCall extends Partial<Omit<ReplayCall, 'fixture'>> {
  /** Path of the recorded stream, `<name>.jsonl`. */
  readonly fixture: string;
  /** Path of its sidecar; beside the stream unless said. */
  readonly sidecar?: string;
  /** Pauses before each line as they were when it was recorded. */
  readonly recordedTiming?: boolean;
  /** The command line must be the recorded one. */
  readonly recordedArgv?: boolean;
}
export interface StandIn {
  /** Where the executable goes: a file named as the upstream's program, in a folder to put on PATH. */
  readonly path: string;
  /** Folder in which calls are counted and command lines recorded. */
  readonly state: string;
  readonly calls: readonly StandInCall[];
  /** Text of the bundled player, `replay-player.js`. */
  readonly player: string;
  /** The interpreter in the first line; `/usr/bin/env node` unless said. */
  readonly node?: string;
}

interface SidecarPart {
  readonly transport?: 'exec' | 'rpc';
  readonly argv?: readonly string[];
  readonly exit?: { readonly code: number | null; readonly signal: string | null };
  readonly pauses_ms?: readonly number[];
}

const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  );

async function sidecarOf(path: string): Promise<SidecarPart> {
  // A stream of somebody's own has none.
  if (!(await isFile(path))) return {};
  try {
    return JSON.parse(await readFile(path, 'utf8')) as SidecarPart;
  } catch (cause) {
    throw new UsageError('REPLAY_SIDECAR_INVALID', `${path} is not valid JSON, so nobody knows how the stream ended.`, {
      where: path,
      remedy: 'Restore it, or record the stream again: cliparity harvest CLI VERSION --record all',
      cause,
    });
  }
}

function recorded<T>(value: T | undefined, what: string, fixture: string): T {
  if (value !== undefined) return value;
  throw new UsageError('REPLAY_NOT_RECORDED', `Of ${fixture} no ${what} was recorded.`, {
    where: fixture,
    remedy: `Leave it to the caller, or record the stream again with its sidecar: cliparity harvest CLI VERSION --record all`,
  });
}

/** What only makes sense of lines, or only of a conversation. */
function checkFits({ fixture, truncate, paceMs, recordedTiming, strict }: StandInCall, transport: string): void {
  const paced = truncate !== undefined || paceMs !== undefined || recordedTiming === true;
  if (transport === 'rpc' ? !paced : strict !== true) return;
  const message =
    transport === 'rpc'
      ? `${fixture} is a conversation, which cannot be cut or paced: the client sets the pace.`
      : `${fixture} is no conversation, so there is nothing to be strict about.`;
  throw new UsageError('REPLAY_OPTION_INVALID', message, {
    where: fixture,
    remedy: transport === 'rpc' ? 'Leave --truncate and --pace out.' : 'Leave --strict out.',
  });
}

/** Completes a call from its sidecar. Errors: REPLAY_FIXTURE_MISSING, REPLAY_NOT_RECORDED, REPLAY_OPTION_INVALID. */
export async function completeCall(call: StandInCall): Promise<ReplayCall> {
  const { fixture, sidecar, recordedTiming = false, recordedArgv = false, ...said } = call;
  const path = resolve(fixture);
  if (!(await isFile(path))) {
    throw new UsageError('REPLAY_FIXTURE_MISSING', `There is no recorded stream ${fixture}.`, {
      where: fixture,
      remedy: 'Give the path of a .jsonl file, or <cli>/<version>/<stream> of the workspace’s fixtures.',
    });
  }
  const known = await sidecarOf(sidecar ?? path.replace(/\.jsonl$/, '.meta.json'));
  const { transport = 'exec', exit } = known;
  checkFits(call, transport);
  return {
    transport,
    exit: exit?.signal ?? exit?.code ?? 0,
    ...(recordedTiming && { paceMs: recorded(known.pauses_ms, 'timing', fixture) }),
    ...(recordedArgv && { argv: recorded(known.argv, 'command line', fixture) }),
    ...said,
    fixture: path,
  };
}

/** The text of a stand-in: one file that needs nothing but Node. */
export function standInText(script: ReplayScript, player: string, node = '/usr/bin/env node'): string {
  return `#!${node}\nglobalThis.cliparityReplay = ${JSON.stringify(script)};\n${player}`;
}

/** Forgets the calls of an earlier stand-in. Nothing else in the folder is touched. */
async function forgetCalls(state: string, calls: number): Promise<void> {
  const ours = ['calls.ndjson', ...Array.from({ length: calls + 1 }, (_, at) => `call-${String(at + 1)}`)];
  for (const name of ours) await rm(join(state, name), { force: true });
}

/** Whole or not at all, and executable whatever lay there before. Error: WRITE_FAILED. */
async function writeProgram(path: string, text: string): Promise<void> {
  const temp = `${path}.${String(process.pid)}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(temp, text);
    await chmod(temp, 0o755);
    await rename(temp, path);
  } catch (cause) {
    await rm(temp, { force: true });
    throw new CouldNotRun(
      'WRITE_FAILED',
      `${path} cannot be written (${(cause as NodeJS.ErrnoException).code ?? ''}).`,
      {
        where: path,
        remedy: 'Name a file, in a folder that you may write to.',
        cause,
      },
    );
  }
}

/**
 * Writes an executable that behaves as the upstream did in the recordings. It counts its calls anew.
 * Errors: REPLAY_FIXTURE_MISSING, REPLAY_NOT_RECORDED, REPLAY_OPTION_INVALID, WRITE_FAILED.
 */
export async function writeStandIn(standIn: StandIn): Promise<ReplayScript> {
  const calls = await Promise.all(standIn.calls.map(completeCall));
  const state = resolve(standIn.state);
  const script: ReplayScript = { version: 1, state, calls };
  await forgetCalls(state, calls.length);
  await writeProgram(standIn.path, standInText(script, standIn.player, standIn.node));
  return script;
}
