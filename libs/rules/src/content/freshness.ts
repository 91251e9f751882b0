import { finding, type Finding, type LockEntry } from '@cliparity/model';

/** How long the newest pinned version may be the newest before somebody has to look at the upstream again. */
export const FRESH_LOCK_DAYS = 90;
const DAY_MS = 86_400_000;

/**
 * Whether nothing newer was pinned for too long: either the upstream rests or nobody watches it. A due rule: it depends on the day, so it is
 * never cached. An entry whose time of publication is unknown says nothing.
 * @param entries the entries of the newest locked version
 * @param at how the lock is called in findings, and the day as YYYY-MM-DD
 */
export function lockFreshness(
  entries: readonly LockEntry[],
  { file, asOf, cli }: { readonly file: string; readonly asOf: string; readonly cli: string },
): readonly Finding[] {
  const [newest] = entries;
  if (newest === undefined) return [];
  const days = Math.floor((Date.parse(asOf) - Date.parse(newest.published_at ?? '')) / DAY_MS);
  if (Number.isNaN(days) || days <= FRESH_LOCK_DAYS) return [];
  const { semantic_version: version } = newest;
  return [
    finding({
      code: 'LOCK_DUE',
      severity: 'warning',
      file,
      key: 'newest',
      message: `${version}, the newest that is locked, was published ${String(days)} days ago`,
      help: `Look whether there is a newer one and pin it: cliparity lock ${cli} VERSION`,
    }),
  ];
}
