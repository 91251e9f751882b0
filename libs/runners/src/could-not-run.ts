import { CouldNotRun } from '@cliparity/model';
import type { ChildResult } from './child-result.js';

/** Words of loaders, and of `unshare` when the program behind it does not start. */
const LOADER_MESSAGES: readonly RegExp[] = [
  /error while loading shared libraries/,
  /Error loading shared library/,
  /Error relocating/,
  /version `GLIBC[A-Z]*_[\d.]+' not found/,
  /dyld(?:\[\d+\])?: (?:Library not loaded|Symbol not found|missing)/,
  /qemu-[a-z0-9_]+: Could not open/,
  /unshare: failed to execute/,
];

const firstLine = (text: string): string => text.trimStart().split(/\r?\n/, 1)[0]?.trimEnd() ?? '';

const quoted = (text: string): string => (firstLine(text) === '' ? '' : `: ${firstLine(text).slice(0, 200)}`);

type Problem = readonly [code: string, message: string, remedy: string];

const GET_AGAIN = 'Check that the lock pins the artifact of this target, and acquire it again.';

function notStarted(result: ChildResult): Problem | undefined {
  const fromUnshare = /unshare: failed to execute [^\n]*: ([^:\n]+)$/m.exec(result.stderr)?.[1];
  const why = result.spawnError ?? fromUnshare;
  if (why === undefined) return undefined;
  if (why === 'EACCES' || why === 'Permission denied') {
    return ['BINARY_NOT_EXECUTABLE', `it is not executable (${why})`, `${GET_AGAIN} Its folder may be mounted noexec.`];
  }
  if (why === 'ENOEXEC' || why === 'Exec format error') {
    return ['BINARY_WRONG_ARCHITECTURE', `it is built for another kind of machine (${why})`, GET_AGAIN];
  }
  return ['BINARY_COULD_NOT_RUN', `it could not be started (${why})`, GET_AGAIN];
}

function cutShort(result: ChildResult): Problem | undefined {
  if (result.timedOut) {
    const remedy = 'Raise crawl.timeout_ms, or list the command in crawl.skip when it never prints help.';
    return ['PAGE_TIMEOUT', 'it did not end in time', remedy];
  }
  if (result.truncated) {
    const remedy = 'Raise crawl.max_output_bytes, or list the command in crawl.skip.';
    return ['PAGE_TOO_LARGE', 'it printed more than the cap', remedy];
  }
  if (result.exitCode !== null) return undefined;
  return ['BINARY_COULD_NOT_RUN', `it died by ${result.signal ?? 'a signal'}${quoted(result.stderr)}`, GET_AGAIN];
}

function loaderFailed(result: ChildResult): Problem | undefined {
  const { exitCode, stderr } = result;
  if (exitCode === 0) return undefined;
  const saysSo = LOADER_MESSAGES.some((message) => message.test(stderr));
  if (exitCode !== 126 && exitCode !== 127 && !saysSo) return undefined;
  return ['BINARY_COULD_NOT_RUN', `it did not get to run (exit ${String(exitCode)})${quoted(stderr)}`, GET_AGAIN];
}

const asError = (problem: Problem | undefined, what: string): CouldNotRun | undefined => {
  if (problem === undefined) return undefined;
  const [code, message, remedy] = problem;
  return new CouldNotRun(code, `${what}: ${message}`, { where: what, remedy });
};

/**
 * The error behind a run that gave no whole page: not started, killed, too slow, too large. undefined when it ended by itself,
 * whatever its exit code.
 * @param what the command line, for the message
 */
export function wasCutShort(result: ChildResult, what: string): CouldNotRun | undefined {
  return asError(notStarted(result) ?? cutShort(result), what);
}

/** As `wasCutShort`, and also the error behind a program whose loader failed (exit 126, 127 or a loader's words). For a binary's first run. */
export function couldNotRun(result: ChildResult, what: string): CouldNotRun | undefined {
  return asError(notStarted(result) ?? cutShort(result) ?? loaderFailed(result), what);
}
