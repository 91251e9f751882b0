import { UsageError } from '@cliparity/model';

/**
 * What a harvest may write. `once`: streams that have no fixture yet. `new`: those too, and what changed is put beside as pending. `none`: nothing;
 * a missing fixture is a finding. `all`: every stream is recorded again and replaced.
 */
export const RECORD_MODES = ['once', 'new', 'none', 'all'] as const;
export type RecordMode = (typeof RECORD_MODES)[number];

export interface ChosenMode {
  readonly mode: RecordMode;
  /** One sentence for people; undefined when there is nothing to say. */
  readonly note?: string;
}

/** The mode in force: what was said, else `none` in CI and `once` elsewhere. An explicit mode wins in CI, and that is said. Error: RECORD_MODE_UNKNOWN. */
export function chooseMode(said: string | undefined, inCi: boolean): ChosenMode {
  if (said === undefined) {
    return inCi ? { mode: 'none', note: 'In CI nothing is recorded unless --record says so.' } : { mode: 'once' };
  }
  const mode = RECORD_MODES.find((known) => known === said);
  if (mode === undefined) {
    throw new UsageError('RECORD_MODE_UNKNOWN', `There is no record mode ${JSON.stringify(said)}.`, {
      where: '--record',
      remedy: `Give one of ${RECORD_MODES.join(', ')}.`,
    });
  }
  return inCi && mode !== 'none' ? { mode, note: `Recording in CI, because --record ${mode} says so.` } : { mode };
}
