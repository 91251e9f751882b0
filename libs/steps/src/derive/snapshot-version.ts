import { join } from 'node:path';
import { findEntry } from '@cliparity/acquisition';
import { crawlSettingsDigest } from '@cliparity/capture';
import { readJsonIfThere, withRootLock, writeAtomic } from '@cliparity/manifest-store';
import {
  CouldNotRun,
  SupplementSchema,
  UsageError,
  type Lock,
  type LockEntry,
  type Result,
  type Supplement,
} from '@cliparity/model';
import type { Dialect, Target } from '@cliparity/plugin-api';
import { chooseRunner } from '@cliparity/runners';
import type { SnapshotParts } from '@cliparity/surface';
import { capturePages, crawlSettingsOf, type CaptureTask } from './capture-version.js';
import { snapshotStep, type Captured, type SnapshotParams } from './snapshot-step.js';
import { lockOf, openRootContext, targetsOf, lockedVersionOf, type RootContext } from '../base/root-context.js';
import { runStep, type StepHost, type StepMode, type StepOutcome } from '../base/run-step.js';
import type { Workbench } from '../base/workbench.js';

export interface SnapshotRequest extends StepMode {
  readonly cli: string;
  readonly version: string;
  readonly targets?: readonly string[] | undefined;
  readonly fromBinary?: boolean;
  /** Absolute folder that gets the pages as text files. */
  readonly rawHelp?: string | undefined;
}

/** Everything about a version’s snapshots that does not depend on the target. */
interface Shared {
  readonly root: RootContext;
  readonly version: string;
  readonly lock: Lock;
  readonly dialect: Dialect;
  readonly supplement: Supplement | undefined;
}

/** Writes outputs atomically under the root’s lock. */
export function hostFor(root: RootContext): StepHost {
  const write: StepHost['write'] = async (files) => {
    if (files.length === 0) return;
    await withRootLock(root, async () => {
      for (const { path, bytes } of files) await writeAtomic(path, bytes);
    });
  };
  return { io: root.bench.io, write };
}

/** What decides how the pages of a root are read, whatever the version. */
export type Reading = Pick<Shared, 'root' | 'dialect' | 'supplement'>;

/** Loads the dialect and the supplement of a root. */
export async function openDialect(root: RootContext): Promise<Reading> {
  const { name, path } = root.ref(root.layout.supplement);
  const [dialect, supplement] = await Promise.all([
    root.bench.kernel.dialect(root.manifest.dialect ?? 'generic'),
    readJsonIfThere(path, SupplementSchema, { name }),
  ]);
  return { root, dialect, supplement };
}

/** Opens a locked version of a root. */
export async function openShared(bench: Workbench, cli: string, word: string): Promise<Shared> {
  const root = await openRootContext(bench, cli);
  const version = await lockedVersionOf(root, word);
  return { ...(await openDialect(root)), version, lock: await lockOf(root) };
}

/** The time a snapshot carries: the lock entry's, else SOURCE_DATE_EPOCH. */
export function collectedAt(root: RootContext, entry: LockEntry): string {
  if (entry.published_at !== undefined) return entry.published_at;
  const epoch = root.bench.io.env('SOURCE_DATE_EPOCH');
  if (epoch !== undefined && /^\d+$/.test(epoch))
    return `${new Date(Number(epoch) * 1000).toISOString().slice(0, 19)}Z`;
  throw new UsageError(
    'TIME_UNKNOWN',
    `the lock knows no time for ${entry.semantic_version} on ${entry.target_triple}`,
    {
      where: root.ref(root.layout.lock).name,
      remedy: 'Lock the version again, or set SOURCE_DATE_EPOCH.',
    },
  );
}

async function writeRawHelp(folder: string, task: CaptureTask, captured: Captured): Promise<void> {
  const base = join(folder, task.entry.semantic_version, task.target.id);
  for (const page of captured.pages) {
    const place = page.path.length === 0 ? 'help.txt' : join('commands', ...page.path.map(fileWord), 'help.txt');
    await writeAtomic(join(base, place), page.text ?? '');
  }
}

/** A command’s word comes from the page, so it must not steer a path. */
const fileWord = (word: string): string =>
  encodeURIComponent(word).replace(/^\.+$/, (dots) => '%2E'.repeat(dots.length));

/** All that a snapshot of one lock entry depends on, its pages aside. */
export function knownOfEntry(
  { root, dialect, supplement }: Reading,
  entry: LockEntry,
  target: Target,
): SnapshotParams['known'] {
  return {
    manifest: root.manifest,
    entry,
    target,
    dialect: { id: dialect.id, revision: dialect.revision },
    settingsSha256: crawlSettingsDigest(crawlSettingsOf(root)),
    collectedAt: collectedAt(root, entry),
    ...(supplement !== undefined && supplement.commands.length > 0 && { supplement }),
  } satisfies Omit<SnapshotParts, keyof Captured>;
}

export function knownParts(shared: Shared, target: Target): SnapshotParams['known'] {
  return knownOfEntry(shared, findEntry(shared.lock, shared.version, target.id), target);
}

/** The snapshot of one target, by the up-to-date rule. */
export async function snapshotTarget(
  shared: Shared,
  target: Target,
  request: Omit<SnapshotRequest, 'cli' | 'version'>,
): Promise<StepOutcome> {
  const { root, version, dialect } = shared;
  const known = knownParts(shared, target);
  const task: CaptureTask = { root, entry: known.entry, target, dialect, fromBinary: request.fromBinary === true };
  const capture = async (): Promise<Captured> => {
    const captured = await capturePages(task);
    if (request.rawHelp !== undefined) await writeRawHelp(request.rawHelp, task, captured);
    return captured;
  };
  const file = root.ref(root.layout.snapshot(version, target.id));
  const force = request.force === true || request.fromBinary === true || request.rawHelp !== undefined;
  return runStep(snapshotStep, { cli: root.name, file, known, capture }, { ...request, force, host: hostFor(root) });
}

export interface VersionOutcome {
  readonly outcomes: readonly StepOutcome[];
  readonly result: Result;
}

/** `snapshot CLI VERSION`: the targets asked for; without `--target` those this machine can run, the others must be up to date. */
export async function snapshotVersion(bench: Workbench, request: SnapshotRequest): Promise<readonly StepOutcome[]> {
  const shared = await openShared(bench, request.cli, request.version);
  const targets = await targetsOf(shared.root, request.targets);
  const outcomes: StepOutcome[] = [];
  for (const target of targets) {
    try {
      outcomes.push(await snapshotTarget(shared, target, request));
    } catch (error) {
      const elsewhere =
        error instanceof CouldNotRun && error.code === 'NOT_RUNNABLE_HERE' && request.targets === undefined;
      if (!elsewhere || !targets.some((other) => chooseRunner(other).ok)) throw error;
      bench.io.emit({ type: 'note', message: `${target.id}: not here, ${error.message}` });
    }
  }
  return outcomes;
}
