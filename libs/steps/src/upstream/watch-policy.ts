import { compareVersions, type Manifest, type Semver } from '@cliparity/model';
import type { Release } from '@cliparity/plugin-api';

/** Why a release that is newer than everything locked is not the candidate. */
export const HOLD_REASONS = ['draft', 'yanked', 'prerelease', 'policy', 'soaking', 'undated', 'superseded'] as const;
export type HoldReason = (typeof HOLD_REASONS)[number];

export interface HeldRelease {
  readonly version: Semver;
  readonly reason: HoldReason;
  /** The same as words for people. */
  readonly detail: string;
}
/** What the policy says about an upstream’s releases. */
export interface WatchDecision {
  readonly candidate: Release | undefined;
  /** Newest first. */
  readonly held: readonly HeldRelease[];
  /** How many releases are not newer than the newest locked version. */
  readonly older: number;
}
export interface WatchQuestion {
  readonly releases: readonly Release[];
  readonly newestLocked: Semver | undefined;
  readonly policy: NonNullable<Manifest['release']>;
  readonly now: Date;
}

const DAY_MS = 86_400_000;
const held = (version: Semver, reason: HoldReason, detail: string): HeldRelease => ({ version, reason, detail });

/** What is no release for everybody, whatever the policy. */
function unfit({ version, draft, yanked, prerelease }: Release): HeldRelease | undefined {
  if (draft) return held(version, 'draft', 'a draft that the upstream has not published');
  if (yanked) return held(version, 'yanked', 'withdrawn by the upstream');
  return prerelease ? held(version, 'prerelease', 'a pre-release') : undefined;
}

/** Too young for the policy, or of an age that nobody knows. */
function unripe({ version, publishedAt }: Release, { policy, now }: WatchQuestion): HeldRelease | undefined {
  const days = policy.soak_days ?? 0;
  if (days === 0) return undefined;
  if (publishedAt === undefined) {
    return held(version, 'undated', `the source gives no time, so ${days} days of waiting cannot be counted`);
  }
  const ripe = Date.parse(publishedAt) + days * DAY_MS;
  if (ripe <= now.getTime()) return undefined;
  return held(
    version,
    'soaking',
    `may be proposed from ${new Date(ripe).toISOString().slice(0, 16)}Z (soak_days ${days})`,
  );
}

/**
 * Chooses the release to take up next. `latest_stable` takes the newest that is fit, `latest_stable_minus_one` the one before it, also where
 * that one is locked already. Of those left by the policy the newest that has been out long enough wins. Pure.
 */
export function decideWatch(question: WatchQuestion): WatchDecision {
  const { newestLocked, policy } = question;
  const newestFirst = [...question.releases].sort((a, b) => compareVersions(b.version, a.version));
  const isNew = ({ version }: Release): boolean =>
    newestLocked === undefined || compareVersions(version, newestLocked) > 0;
  const reasons = new Map<Semver, HeldRelease>();
  for (const release of newestFirst.filter(isNew)) {
    const reason = unfit(release);
    if (reason !== undefined) reasons.set(release.version, reason);
  }
  const fit = newestFirst.filter((release) => unfit(release) === undefined);
  const [newest] = fit;
  if (policy.policy === 'latest_stable_minus_one' && newest !== undefined && isNew(newest)) {
    reasons.set(
      newest.version,
      held(newest.version, 'policy', 'the newest release is left to others (latest_stable_minus_one)'),
    );
  }
  let candidate: Release | undefined;
  for (const release of fit.filter(isNew).filter(({ version }) => !reasons.has(version))) {
    const wait = candidate === undefined ? unripe(release, question) : undefined;
    if (candidate !== undefined) {
      reasons.set(release.version, held(release.version, 'superseded', `${candidate.version} is newer`));
    } else if (wait !== undefined) reasons.set(release.version, wait);
    else candidate = release;
  }
  const order = newestFirst.flatMap(({ version }) => reasons.get(version) ?? []);
  return { candidate, held: order, older: newestFirst.filter((release) => !isNew(release)).length };
}
