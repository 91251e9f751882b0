import { existsSync } from 'node:fs';
import { lockedVersions } from '@cliparity/acquisition';
import { openRoot } from '@cliparity/manifest-store';
import type { Finding, Result } from '@cliparity/model';
import { rebuildCopies, rebuildCurrent, rebuildMetadata } from '../lifecycle/rebuild-derived.js';
import { chooseRunner, runsNatively } from '@cliparity/runners';
import { allRootsOf } from '../base/roots-of.js';
import { rebuildOlder } from './rebuild-older.js';
import { reportOfRoot } from './report-version.js';
import { lockOf, openRootContext, targetsOf, type RootContext } from '../base/root-context.js';
import type { StepMode, StepOutcome } from '../base/run-step.js';
import { openShared, snapshotTarget } from './snapshot-version.js';
import { unionOfRoot } from './union-version.js';
import { rebuiltResult, type Rebuilt } from '../views/rebuilt-view.js';
import type { Workbench } from '../base/workbench.js';

export interface RebuildRequest extends StepMode {
  /** One root; all when absent. */
  readonly cli?: string | undefined;
}
/** Snapshots that this machine can derive again: committed, and of a target that runs here without an emulator. */
async function snapshotsAgain(root: RootContext, version: string, mode: StepMode): Promise<StepOutcome[]> {
  const shared = await openShared(root.bench, root.name, version);
  const outcomes: StepOutcome[] = [];
  for (const target of await targetsOf(root, undefined)) {
    if (!existsSync(root.layout.snapshot(version, target.id)) || !runsNatively(chooseRunner(target))) continue;
    outcomes.push(await snapshotTarget(shared, target, { ...mode, force: true }));
  }
  return outcomes;
}

async function rebuildVersion(
  root: RootContext,
  version: string,
  mode: StepMode,
): Promise<{ rows: Rebuilt[]; findings: Finding[] }> {
  const row = (step: string, outcome: Pick<StepOutcome, 'status' | 'changed'>): Rebuilt => ({
    cli: root.name,
    version,
    step,
    status: outcome.status,
    changed: outcome.changed,
  });
  const snapshots = await snapshotsAgain(root, version, mode);
  if (!existsSync(root.layout.snapshot(version, root.manifest.targets.required))) return { rows: [], findings: [] };
  const union = await unionOfRoot(root, version, { ...mode, force: true });
  // A root in which nobody stated the wrapper's coverage has no reports.
  const hasReports = existsSync(root.layout.wrapperCoverage) || existsSync(root.layout.report(version, 'any'));
  const report = hasReports ? await reportOfRoot(root, version, { ...mode, force: true }) : undefined;
  const metadata = await rebuildMetadata(root, version, mode);
  return {
    rows: [
      ...snapshots.map((outcome) => row('snapshot', outcome)),
      row('union', union),
      ...(report === undefined ? [] : [row('report', report)]),
      ...(metadata === undefined ? [] : [row('metadata', metadata)]),
    ],
    findings: [...snapshots, union, report, metadata].flatMap((outcome) => outcome?.findings ?? []),
  };
}

async function rebuildRoot(root: RootContext, mode: StepMode): Promise<{ rows: Rebuilt[]; findings: Finding[] }> {
  const rows: Rebuilt[] = [];
  const findings: Finding[] = [];
  for (const version of lockedVersions(await lockOf(root))) {
    const done = await rebuildVersion(root, version, mode);
    rows.push(...done.rows);
    findings.push(...done.findings);
  }
  for (const [step, again] of [['current', rebuildCurrent] as const, ['copies', rebuildCopies] as const]) {
    const done = await again(root, mode);
    if (done === undefined) continue;
    rows.push({ cli: root.name, version: '', step, status: done.status, changed: done.changed });
    findings.push(...done.findings);
  }
  return { rows, findings };
}

/** `rebuild CLI|--all`: derives every committed version again and says what changed. */
export async function rebuild(
  bench: Workbench,
  request: RebuildRequest,
): Promise<{ result: Result; findings: readonly Finding[] }> {
  const names = request.cli === undefined ? (await allRootsOf(bench)).map(({ name }) => name) : [request.cli];
  const rows: Rebuilt[] = [];
  const findings: Finding[] = [];
  for (const name of names) {
    const root = await openRoot(bench.workspace, bench.manifests, name);
    const done =
      root.kind === 'older'
        ? await rebuildOlder(bench, root, request)
        : await rebuildRoot(await openRootContext(bench, name), request);
    rows.push(...done.rows);
    findings.push(...done.findings);
  }
  return { result: rebuiltResult(rows), findings };
}
