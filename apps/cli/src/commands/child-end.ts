import type { Result } from '@cliparity/model';
import type { Outcome } from '../command-spec.js';

/** How long a signal may take to end us. */
const SIGNAL_MS = 10_000;

/**
 * Ends as a child did, by its exit code or by its signal. Standard output was the child’s: nothing of ours is rendered. Whoever calls has closed
 * the session, so that no signal is caught any more.
 * @param resultOf what `--json` of the kind says, of an exit code
 */
export async function childEnd(end: number | string, resultOf: (exit: number) => Result): Promise<Outcome> {
  if (typeof end === 'number') return { result: resultOf(end), exitCode: end, raw: (async function* () {})() };
  process.kill(process.pid, end);
  return new Promise<Outcome>(() => setTimeout(() => undefined, SIGNAL_MS));
}
