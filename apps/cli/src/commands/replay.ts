import { constants } from 'node:os';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UsageError, type Result } from '@cliparity/model';
import { replayFixtures, writeReplayStandIn, type ReplayRequest } from '@cliparity/steps';
import type { Run } from '../command-spec.js';
import { childEnd } from './child-end.js';
import { isSet, listOption, textOption, type Options } from './options.js';
import { done } from './outcome.js';

/** Made beside the bundle by the build: the player that goes into a stand-in. */
const PLAYER = fileURLToPath(new URL('./replay-player.js', import.meta.url));

const wrong = (option: string, value: string, remedy: string): UsageError =>
  new UsageError('REPLAY_OPTION_INVALID', `--${option} ${JSON.stringify(value)} cannot be read.`, {
    where: `--${option}`,
    remedy,
  });

function matched(options: Options, name: string, { form, remedy }: { readonly form: RegExp; readonly remedy: string }) {
  const value = textOption(options, name);
  if (value === undefined) return undefined;
  const found = form.exec(value);
  if (found === null) throw wrong(name, value, remedy);
  return found;
}

function truncated(options: Options) {
  const remedy = 'Give a number of whole lines, or LINES:BYTES to break off in the next one.';
  const found = matched(options, 'truncate', { form: /^(\d+)(?::(\d+))?$/, remedy });
  if (found === undefined) return {};
  const [, lines, bytes] = found;
  return { truncate: { lines: Number(lines), ...(bytes !== undefined && { bytes: Number(bytes) }) } };
}

function paced(options: Options) {
  const [pace] =
    matched(options, 'pace', { form: /^(?:recorded|\d+)$/, remedy: 'Give milliseconds, or recorded.' }) ?? [];
  if (pace === undefined) return {};
  return pace === 'recorded' ? { recordedTiming: true } : { paceMs: Number(pace) };
}

function ended(options: Options) {
  const [exit] =
    matched(options, 'exit', { form: /^(?:\d+|SIG[A-Z]+)$/, remedy: 'Give a code, or a signal such as SIGTERM.' }) ??
    [];
  if (exit === undefined) return {};
  const end = exit.startsWith('SIG') ? exit : Number(exit);
  if (typeof end === 'number' ? end <= 255 : Object.hasOwn(constants.signals, end)) return { exit: end };
  throw wrong('exit', exit, 'Give a code from 0 to 255, or a signal of this system such as SIGTERM.');
}

function replaced(options: Options) {
  const pairs = (listOption(options, 'replace') ?? []).map((pair) => {
    const at = pair.indexOf('=');
    if (at < 1) throw wrong('replace', pair, 'Give FROM=TO.');
    return [pair.slice(0, at), pair.slice(at + 1)] as const;
  });
  return pairs.length === 0 ? {} : { replace: Object.fromEntries(pairs) };
}

function callOf(options: Options, wanted: readonly string[] | undefined): ReplayRequest['call'] {
  const stderr = textOption(options, 'stderr');
  return {
    ...truncated(options),
    ...paced(options),
    ...ended(options),
    ...replaced(options),
    ...(stderr !== undefined && { stderr: `${stderr}\n` }),
    ...(isSet(options, 'strict') && { strict: true }),
    ...(isSet(options, 'checkArgv') && { recordedArgv: true }),
    ...(wanted !== undefined && { argv: wanted }),
  };
}

function stateOf(options: Options): string | undefined {
  const state = textOption(options, 'state');
  return state === undefined ? undefined : resolve(state);
}

/** What stands before `--` and what after it; the command line is read once more, because both are plain words to its parser. */
function split(words: readonly string[], typed: readonly string[]) {
  const at = typed.indexOf('--');
  const rest = at === -1 ? undefined : typed.slice(at + 1);
  return { fixtures: words.slice(0, words.length - (rest?.length ?? 0)), rest };
}

const playedResult = (exit: number): Result => ({
  kind: 'replayed',
  schema_version: 1,
  data: { exit },
  view: { headline: '' },
});

/** Plays in this process. A signal is the player’s own, so none of ours may be caught any more. */
const playHere: Run = async (session, { args, options }) => {
  const { fixtures, rest = [] } = split(args, process.argv);
  const request = { fixtures, call: callOf(options, undefined), state: stateOf(options) };
  session.close();
  return childEnd(await replayFixtures(session.bench, request, rest), playedResult);
};

export const run: Run = async (session, invocation) => {
  const { args, options } = invocation;
  const path = textOption(options, 'standIn');
  if (path === undefined) return playHere(session, invocation);
  const { fixtures, rest } = split(args, process.argv);
  const request = { fixtures, call: callOf(options, rest), state: stateOf(options) };
  return done(await writeReplayStandIn(session.bench, request, { path: resolve(path), player: PLAYER }));
};
