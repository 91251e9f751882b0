import { lockedVersions } from '@cliparity/acquisition';
import type { Result, Semver } from '@cliparity/model';
import type { Release } from '@cliparity/plugin-api';
import { lockOf, openRootContext, sourcesOf, type RootContext } from '../base/root-context.js';
import { watchView } from '../views/watch-view.js';
import { decideWatch, type WatchDecision } from './watch-policy.js';
import type { Workbench } from '../base/workbench.js';

/** What `watch` found about one root. */
export interface Watched extends WatchDecision {
  readonly cli: string;
  /** Id of the source that was asked: the root’s first. */
  readonly source: string;
  readonly policy: 'latest_stable' | 'latest_stable_minus_one';
  readonly newestLocked: Semver | undefined;
}

/**
 * Asks the first source of an open root for its releases and applies the root’s policy.
 * Errors: those of the source (network: exit 3) and of the lock.
 */
export async function watchRoot(root: RootContext): Promise<Watched> {
  const [source] = await sourcesOf(root);
  const releases: Release[] = [];
  if (source !== undefined) for await (const release of source.releases(root.bench.io)) releases.push(release);
  const newestLocked = lockedVersions(await lockOf(root)).at(-1);
  const policy = root.manifest.release ?? {};
  const decision = decideWatch({ releases, newestLocked, policy, now: root.bench.io.now() });
  return {
    ...decision,
    cli: root.name,
    source: source?.id ?? '',
    policy: policy.policy ?? 'latest_stable',
    newestLocked,
  };
}

/** `watch CLI`: the release to take up next, and why the others wait. Uses the network, writes nothing. */
export async function watchUpstream(
  bench: Workbench,
  cli: string,
): Promise<{ readonly result: Result; readonly candidate: Semver | undefined }> {
  const watched = await watchRoot(await openRootContext(bench, cli));
  return { result: watchView(watched), candidate: watched.candidate?.version };
}
