import { existsSync } from 'node:fs';
import { findEntry } from '@cliparity/acquisition';
import { crawlSettingsDigest, pageStoreIn } from '@cliparity/capture';
import { readJsonIfThere, workspaceLayout } from '@cliparity/manifest-store';
import { CliparityError, digestOf, SnapshotSchema, type LockEntry } from '@cliparity/model';
import type { Target } from '@cliparity/plugin-api';
import { chooseRunner } from '@cliparity/runners';
import { crawlSettingsOf, knownParts, openShared, type Workbench } from '@cliparity/steps';
import { snapshotProvenance } from '@cliparity/surface';

export type SharedParts = Awaited<ReturnType<typeof openShared>>;

/** One target of one version, and what is there of it already. */
export interface TargetState {
  readonly shared: SharedParts;
  readonly target: Target;
  readonly entry: LockEntry;
  /** The committed snapshot records today’s binary, settings, dialect and supplement. */
  readonly stands: boolean;
  /** The page store has pages of this binary under these settings. */
  readonly hasPages: boolean;
  /** Why this machine cannot run the target; undefined when it can. */
  readonly notHere: string | undefined;
}

/** Whether the committed snapshot is up to date. One that cannot be read is not. */
async function snapshotStands(shared: SharedParts, target: Target): Promise<boolean> {
  const { name, path } = shared.root.ref(shared.root.layout.snapshot(shared.version, target.id));
  try {
    const snapshot = await readJsonIfThere(path, SnapshotSchema, { name });
    if (snapshot === undefined) return false;
    return digestOf(snapshot.provenance) === digestOf(snapshotProvenance(knownParts(shared, target)));
  } catch (error) {
    if (error instanceof CliparityError) return false;
    throw error;
  }
}

export async function targetStateOf(
  bench: Workbench,
  at: { readonly cli: string; readonly version: string; readonly target: string },
): Promise<TargetState> {
  const shared = await openShared(bench, at.cli, at.version);
  const target = await bench.kernel.targets.find(at.target);
  const entry = findEntry(shared.lock, shared.version, target.id);
  const key = {
    binary_sha256: entry.binary_sha256,
    settings_sha256: crawlSettingsDigest(crawlSettingsOf(shared.root)),
  };
  const choice = chooseRunner(target);
  return {
    shared,
    target,
    entry,
    stands: await snapshotStands(shared, target),
    hasPages: existsSync(pageStoreIn(workspaceLayout(bench.workspace).pages).file(key)),
    notHere: choice.ok ? undefined : choice.reason,
  };
}
