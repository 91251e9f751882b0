import { compareVersions, UsageError, type Semver } from '@cliparity/model';
import { safeVersion } from '@cliparity/manifest-store';
import { existsSync } from 'node:fs';
import { lockedVersions } from '@cliparity/acquisition';
import { lockOf, type RootContext } from '../base/root-context.js';
import { hasUnion } from '../derive/report-version.js';
import { watchRoot } from '../upstream/watch-upstream.js';

export interface UpdateRequest {
  readonly cli: string;
  /** A bare version; the candidate of `watch` when absent. */
  readonly version?: string | undefined;
  /** Make a branch with one commit. */
  readonly branch?: boolean;
  /** Absolute file that gets the text of a pull request, as Markdown. */
  readonly body?: string | undefined;
  /** Absolute folder with snapshots of this version made on other machines. */
  readonly snapshots?: string | undefined;
  readonly dryRun?: boolean;
  /** Always refused. */
  readonly updateMinSupported?: boolean;
}

/** What an update would do, or why there is nothing to do. */
export interface UpdatePlan {
  readonly version: Semver | undefined;
  readonly reason: string;
  /** The newest version before it that has a union to compare with. */
  readonly before: Semver | undefined;
  readonly locked: boolean;
  readonly branch: string;
}

/** @throws UsageError UPDATE_MIN_SUPPORTED_REFUSED */
export function refuseMinSupported({ updateMinSupported, cli }: UpdateRequest): void {
  if (updateMinSupported !== true) return;
  throw new UsageError('UPDATE_MIN_SUPPORTED_REFUSED', `min_supported.txt of ${cli} is not raised by an update`, {
    where: '--update-min-supported',
    remedy: 'It says what users may rely on: a maintainer raises it in a commit of its own.',
  });
}

/** The version itself, not `newest`: what is newest in the lock is there already. */
async function chosen(root: RootContext, asked: string | undefined): Promise<Pick<UpdatePlan, 'version' | 'reason'>> {
  if (asked !== undefined) return { version: safeVersion(asked), reason: 'asked for' };
  const { candidate, policy, held, newestLocked = 'none' } = await watchRoot(root);
  if (candidate !== undefined) return { version: candidate.version, reason: `the candidate by ${policy}` };
  const waiting = held.length === 0 ? '' : `, ${held.length} releases are held back`;
  return { version: undefined, reason: `no candidate by ${policy}: newest locked ${newestLocked}${waiting}` };
}

/** The newest version before this one whose union is there. */
async function baselineOf(root: RootContext, version: Semver): Promise<Semver | undefined> {
  const older = lockedVersions(await lockOf(root)).filter((known) => compareVersions(known, version) < 0);
  for (const known of [...older].reverse()) if (await hasUnion(root, known)) return known;
  return undefined;
}

/**
 * What is to be done. Uses the network only when no version is named.
 * Errors: VERSION_INVALID, those of the lock and of the source.
 */
export async function planUpdate(root: RootContext, asked: string | undefined): Promise<UpdatePlan> {
  const { version, reason } = await chosen(root, asked);
  const none = { before: undefined, locked: false, branch: '' };
  if (version === undefined) return { ...none, version, reason };
  const { artifacts } = await lockOf(root);
  const has = (target: string): boolean =>
    artifacts.some((entry) => entry.semantic_version === version && entry.target_triple === target);
  const locked = root.manifest.targets.expected.every(has);
  if (locked && existsSync(root.layout.report(version, 'any'))) {
    return { ...none, version: undefined, reason: `${version} is there already` };
  }
  return {
    version,
    reason,
    before: await baselineOf(root, version),
    locked,
    branch: `cliparity/${root.name}-${version}`,
  };
}
