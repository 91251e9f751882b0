import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CliparityError, UsageError } from '@cliparity/model';
import { replayFixtures, writeReplayStandIn, type ReplayRequest } from '@cliparity/steps';
import type { Outcome, Run } from '../command-spec.js';
import { renderError } from '../render-error.js';
import { isSet, listOption, textOption, type Options } from './options.js';
import { done } from './outcome.js';

/** Made beside the bundle by the build: the player that goes into a stand-in. */
const PLAYER = fileURLToPath(new URL('./replay-player.js', import.meta.url));
/** The command’s own failure, told apart from every exit code of an upstream. Source: DESIGN section 7. */
const OWN_FAILURE = 70;

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
  return { exit: exit.startsWith('SIG') ? exit : Number(exit) };
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

/** What stands before `--` and what after it; the command line is read once more, because both are plain words to its parser. */
function split(words: readonly string[], typed: readonly string[]) {
  const at = typed.indexOf('--');
  const rest = at === -1 ? undefined : typed.slice(at + 1);
  return { fixtures: words.slice(0, words.length - (rest?.length ?? 0)), rest };
}

/** Standard output is the upstream’s: nothing of ours is rendered. */
const played = (exitCode: number): Outcome => ({
  result: { kind: 'replayed', schema_version: 1, data: { exit: exitCode }, view: { headline: '' } },
  exitCode,
  raw: (async function* () {})(),
});

/** Plays in this process. A signal is the player’s own, so none of ours may be caught any more. */
const playHere: Run = async (session, { args, options }) => {
  try {
    const { fixtures, rest = [] } = split(args, process.argv);
    const state = textOption(options, 'state');
    const request = {
      fixtures,
      call: callOf(options, undefined),
      state: state === undefined ? undefined : resolve(state),
    };
    session.close();
    const exit = await replayFixtures(session.bench, request, rest);
    if (typeof exit === 'number') return played(exit);
    process.kill(process.pid, exit);
    return await new Promise<Outcome>(() => setTimeout(() => undefined, 10_000));
  } catch (error) {
    if (!(error instanceof CliparityError)) throw error;
    process.stderr.write(
      session.mask(renderError(error, { verbose: isSet(options, 'verbose'), color: session.stderrColor })),
    );
    return played(OWN_FAILURE);
  }
};

export const run: Run = async (session, invocation) => {
  const { args, options } = invocation;
  const path = textOption(options, 'standIn');
  if (path === undefined) return playHere(session, invocation);
  const { fixtures, rest } = split(args, process.argv);
  const state = textOption(options, 'state');
  const request = { fixtures, call: callOf(options, rest), state: state === undefined ? undefined : resolve(state) };
  return done(await writeReplayStandIn(session.bench, request, { path: resolve(path), player: PLAYER }));
};
