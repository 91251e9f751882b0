import { findEntry } from '@cliparity/acquisition';
import { CouldNotRun } from '@cliparity/model';
import { chooseRunner, runsNatively } from '@cliparity/runners';
import { acquireOnce } from '../upstream/acquire-version.js';
import { capturePages } from './capture-version.js';
import { reportOfRoot } from './report-version.js';
import { targetsOf } from '../base/root-context.js';
import type { StepMode, StepOutcome } from '../base/run-step.js';
import { openShared, snapshotTarget } from './snapshot-version.js';
import { unionOfRoot, type VersionRequest } from './union-version.js';
import type { Workbench } from '../base/workbench.js';

/** The last outcome, with what all of them changed and found. */
function together(last: StepOutcome, all: readonly StepOutcome[]): StepOutcome {
  return {
    ...last,
    changed: all.flatMap((outcome) => outcome.changed),
    findings: all.flatMap((outcome) => outcome.findings),
  };
}

/**
 * The main job: lock → acquire → capture → snapshot → union → report for the targets this machine can run. Acquire and capture are done in
 * their own right, so a fresh machine has the binary and the pages afterwards even where the committed snapshot was up to date (not so for
 * targets that only an emulator runs here).
 */
export async function chainVersion(bench: Workbench, request: VersionRequest): Promise<StepOutcome> {
  const shared = await openShared(bench, request.cli, request.version);
  const { root, version, lock, dialect } = shared;
  const mode: StepMode = request;
  const note = (message: string): void => bench.io.emit({ type: 'note', message });
  const done: StepOutcome[] = [];
  for (const target of await targetsOf(root, undefined)) {
    const choice = chooseRunner(target);
    if (!choice.ok) {
      note(`${target.id}: not here, ${choice.reason}`);
      continue;
    }
    // An emulated target is a spare: what its committed snapshot says stands, and only a stale one is captured here.
    if (runsNatively(choice)) {
      const entry = findEntry(lock, version, target.id);
      note(`${target.id}: binary ${await acquireOnce(root, entry)}`);
      await capturePages({ root, entry, target, dialect });
    }
    const snapshot = await snapshotTarget(shared, target, mode);
    note(`${target.id}: snapshot ${snapshot.status}`);
    done.push(snapshot);
  }
  if (done.length === 0) {
    throw new CouldNotRun('NOT_RUNNABLE_HERE', `this machine runs none of the targets of ${root.name}`, {
      where: root.ref(root.layout.manifest).name,
      remedy: 'cliparity doctor says why for each of them; import snapshots made elsewhere with cliparity import.',
    });
  }
  const union = await unionOfRoot(root, version, mode);
  note(`union ${union.status}`);
  const report = await reportOfRoot(root, version, mode);
  note(`report ${report.status}`);
  return together(report, [...done, union, report]);
}
