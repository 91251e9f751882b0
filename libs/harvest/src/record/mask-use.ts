import type { Mask } from '@cliparity/plugin-api';
import type { CleanRun } from '../text/finish-run.js';

/** What one mask of a scenario did in its runs. */
export interface MaskUse {
  readonly mask: Mask;
  /** How often it fired in the first run. */
  readonly fired: number;
  /** Whether two runs had something else in its places; undefined when that was not to be seen: it fired in none, there was one run, or one user. */
  readonly differs: boolean | undefined;
}

/** Compares what a mask replaced in all runs. @param users whether the runs were those of two users */
export function maskUse(mask: Mask, runs: readonly CleanRun[], users: boolean): MaskUse {
  const texts = runs.map(({ replaced }) => replaced.get(mask.id) ?? []);
  const [first = [], ...others] = texts;
  const { follows = 'run' } = mask;
  const seen = first.length > 0 && others.length > 0 && (follows === 'user' ? users : follows !== 'machine');
  const differs = others.some((other) => other.join('\n') !== first.join('\n'));
  return { mask, fired: first.length, differs: seen ? differs : undefined };
}
