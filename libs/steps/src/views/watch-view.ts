import type { Cell, Result } from '@cliparity/model';
import { HOLD_REASONS, type HeldRelease, type HoldReason } from '../upstream/watch-policy.js';
import type { Watched } from '../upstream/watch-upstream.js';

/** Upstreams publish pre-releases by the hundred: of each reason a few stand for all. */
const SHOWN_PER_REASON = 3;

const toneOf = (reason: HoldReason): 'warn' | 'dim' =>
  reason === 'soaking' || reason === 'policy' || reason === 'undated' ? 'warn' : 'dim';

function rowsOf(held: readonly HeldRelease[]): readonly (readonly (Cell | string)[])[] {
  return HOLD_REASONS.flatMap((reason) => {
    const same = held.filter((one) => one.reason === reason);
    const shown = same
      .slice(0, SHOWN_PER_REASON)
      .map((one) => [one.version, { text: reason, tone: toneOf(reason) }, one.detail]);
    const rest = same.length - shown.length;
    return rest > 0 ? [...shown, [`and ${rest} more`, { text: reason, tone: 'dim' as const }, '']] : shown;
  });
}

function headlineOf({ cli, candidate, newestLocked, held }: Watched): string {
  const since = newestLocked === undefined ? 'nothing is locked yet' : `newest locked ${newestLocked}`;
  if (candidate !== undefined) return `${cli}: ${candidate.version} can be taken up (${since})`;
  return held.length === 0
    ? `${cli}: up to date (${since})`
    : `${cli}: no candidate (${since}), ${held.length} held back`;
}

/** The candidate, and what waits. `data.candidate` is null when there is none. */
export function watchView(watched: Watched): Result {
  const { cli, source, policy, newestLocked = null, candidate, held, older } = watched;
  const columns = [{ title: 'held back' }, { title: 'because' }, { title: '' }];
  return {
    kind: 'watched',
    schema_version: 1,
    data: {
      cli,
      source,
      policy,
      newest_locked: newestLocked,
      candidate: candidate?.version ?? null,
      ...(candidate?.publishedAt !== undefined && { published_at: candidate.publishedAt }),
      held,
      older,
    },
    view: {
      headline: headlineOf(watched),
      tone: candidate === undefined ? 'good' : 'warn',
      lines: [`source ${source}, policy ${policy}; ${older} releases are not newer`],
      tables: held.length === 0 ? [] : [{ columns, rows: rowsOf(held) }],
      next: candidate === undefined ? [] : [`cliparity update ${cli} ${candidate.version}`],
    },
  };
}
