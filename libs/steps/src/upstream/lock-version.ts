import {
  checkLocator,
  findEntry,
  mergeEntry,
  mergeProviders,
  pinAll,
  treeProblem,
  verifyEntry,
  writeLock,
  type PinRequest,
} from '@cliparity/acquisition';
import { withRootLock, writeAtomic } from '@cliparity/manifest-store';
import { CouldNotRun, finding, type Finding, type LockEntry, type Result, type Semver } from '@cliparity/model';
import type { Release, Source, Target } from '@cliparity/plugin-api';
import { provenanceFindings } from './lock-provenance.js';
import { findingsResult } from '../views/findings-view.js';
import { lockView } from '../views/lock-view.js';
import { lockOf, openRootContext, sourcesOf, targetsOf, versionOf, type RootContext } from '../base/root-context.js';
import type { Workbench } from '../base/workbench.js';

export interface LockRequest {
  readonly cli: string;
  readonly version: string;
  readonly targets?: readonly string[] | undefined;
  readonly check?: boolean;
  readonly verify?: boolean;
  /** Replace an entry although its binary changed. */
  readonly force?: boolean;
}

async function releaseOf(source: Source, version: Semver, root: RootContext): Promise<Release> {
  for await (const release of source.releases(root.bench.io)) if (release.version === version) return release;
  throw new CouldNotRun('RELEASE_UNKNOWN', `${source.id} knows no release ${version} of ${root.name}`, {
    where: version,
    remedy: 'Check the version; a bare one such as 1.2.3 is meant, not a tag.',
  });
}

/** The lock remembers one time per entry; a source that knows none gets the time of locking, once. */
function withTime(entry: LockEntry, root: RootContext): LockEntry {
  if (entry.published_at !== undefined) return entry;
  const now = `${root.bench.io.now().toISOString().slice(0, 19)}Z`;
  return { ...entry, published_at: now, published_at_source: 'lock-clock' };
}

interface Wanted {
  readonly version: Semver;
  readonly targets: readonly Target[];
}

async function pinFrom(source: Source, root: RootContext, { version, targets }: Wanted): Promise<LockEntry[]> {
  const { io, store } = root.bench;
  const release = await releaseOf(source, version, root);
  const assets = await source.assets(version, targets, io);
  const requests = assets.map((asset): PinRequest => ({
    asset,
    release,
    version,
    target: asset.target,
    source,
    store,
    io,
  }));
  return (await pinAll(requests)).map((entry) => withTime(entry, root));
}

/** The first source decides; what a further one cannot say is a warning, what it says otherwise is an error. */
async function pinFromAll(root: RootContext, wanted: Wanted): Promise<readonly LockEntry[]> {
  const bySource: LockEntry[][] = [];
  for (const source of await sourcesOf(root)) {
    try {
      bySource.push(await pinFrom(source, root, wanted));
    } catch (error) {
      if (bySource.length === 0 || !(error instanceof CouldNotRun)) throw error;
      const message = `${source.id}: ${error.message}; it is not listed as a further provider`;
      root.bench.io.emit({ type: 'note', level: 'warn', message });
    }
  }
  return mergeProviders(bySource);
}

async function pinned(root: RootContext, version: Semver, targets: readonly Target[]): Promise<readonly LockEntry[]> {
  const entries = await pinFromAll(root, { version, targets });
  const missing = targets.filter(({ id }) => !entries.some((entry) => entry.target_triple === id));
  if (missing.length === 0) return entries;
  const names = missing.map(({ id }) => id).join(', ');
  throw new CouldNotRun('ASSET_MISSING', `no source publishes an asset of ${root.name} ${version} for ${names}`, {
    where: root.ref(root.layout.manifest).name,
    remedy: 'Check the layouts of the sources, or lock the other targets with --target.',
  });
}

/** What is wrong with an entry itself. */
function entryFindings(entry: LockEntry, isFirst: boolean, file: string): Finding[] {
  const { semantic_version: version, target_triple: target } = entry;
  const found = (code: string, message: string): Finding => finding({ code, message, file, target, key: version });
  const tree = treeProblem(entry);
  return [
    ...(isFirst ? [] : [found('LOCK_DUPLICATE', `${version} for ${target} is pinned twice`)]),
    ...(tree === undefined ? [] : [found('LOCK_INVALID', `${version} for ${target}: ${tree}`)]),
    ...checkLocator(entry).map((problem) => found('LOCATOR_MISMATCH', problem)),
  ];
}

/** What is wrong with the locked entries of a version, offline; of some targets alone when they were asked for. */
async function lockFindings(
  root: RootContext,
  version: Semver,
  asked: readonly string[] | undefined,
): Promise<Finding[]> {
  const file = root.ref(root.layout.lock).name;
  const lock = await lockOf(root);
  const counts = (target: string): boolean => asked?.includes(target) ?? true;
  const entries = lock.artifacts.filter((one) => one.semantic_version === version && counts(one.target_triple));
  const { expected } = root.manifest.targets;
  const missing = expected.filter(
    (target) => counts(target) && !entries.some((entry) => entry.target_triple === target),
  );
  const stray = entries.filter((entry) => !expected.includes(entry.target_triple));
  const { tool } = root.manifest;
  const other = finding({
    code: 'LOCK_OF_OTHER_TOOL',
    message: `${file} is of ${lock.tool}, the root of ${tool}`,
    file,
  });
  const targets = entries.map((entry) => entry.target_triple);
  return [
    ...(lock.tool === tool ? [] : [other]),
    ...missing.map((target) =>
      finding({
        code: 'LOCK_TARGET_MISSING',
        message: `${version} has no artifact for ${target}`,
        file,
        target,
        key: version,
      }),
    ),
    ...stray.map(({ target_triple: target }) =>
      finding({
        code: 'LOCK_TARGET_STRAY',
        message: `${version} is locked for ${target}, which is not expected`,
        file,
        target,
        key: version,
      }),
    ),
    ...entries.flatMap((entry, at) => entryFindings(entry, targets.indexOf(entry.target_triple) === at, file)),
  ];
}

async function verifyFindings(root: RootContext, version: Semver, targets: readonly Target[]): Promise<Finding[]> {
  const file = root.ref(root.layout.lock).name;
  const lock = await lockOf(root);
  const { io, store } = root.bench;
  const sources = await sourcesOf(root);
  const entries = targets.map(({ id }) => findEntry(lock, version, id));
  const found: Finding[] = await provenanceFindings(root, entries, targets);
  for (const entry of entries) {
    const { target_triple: target } = entry;
    const problems = await verifyEntry({ entry, sources, store, io });
    found.push(
      ...problems.map(({ locator, error }) =>
        finding({
          code: error.code,
          message: error.message,
          file,
          target,
          key: `${version} ${locator}`,
          help: error.remedy,
        }),
      ),
    );
  }
  return found;
}

/** `lock CLI VERSION`: pins, checks offline, or transfers again and compares. */
export async function lockVersion(
  bench: Workbench,
  request: LockRequest,
): Promise<{ result: Result; findings: readonly Finding[] }> {
  const root = await openRootContext(bench, request.cli);
  const version = await versionOf(root, request.version);
  const targets = await targetsOf(root, request.targets);
  if (request.check === true || request.verify === true) {
    const asked = request.targets === undefined ? undefined : targets.map(({ id }) => id);
    const offline = await lockFindings(root, version, asked);
    const findings =
      request.verify === true ? [...offline, ...(await verifyFindings(root, version, targets))] : offline;
    return { result: findingsResult(`lock of ${root.name} ${version}`, findings), findings };
  }
  const entries = await pinned(root, version, targets);
  await withRootLock(root, async () => {
    const lock = entries.reduce(
      (merged, entry) => mergeEntry(merged, entry, { replace: request.force === true }),
      await lockOf(root),
    );
    await writeAtomic(root.layout.lock, writeLock(lock));
  });
  return {
    result: lockView({ cli: root.name, version, entries, file: root.ref(root.layout.lock).name }),
    findings: [],
  };
}
