import { existsSync } from 'node:fs';
import { lockedVersions } from '@cliparity/acquisition';
import type { Finding, Result } from '@cliparity/model';
import { rebuildCopies, rebuildCurrent, rebuildMetadata } from '../lifecycle/rebuild-derived.js';
import { chooseRunner, runsNatively } from '@cliparity/runners';
import { currentRootsOf } from '../base/roots-of.js';
import { reportOfRoot } from './report-version.js';
import { lockOf, openRootContext, targetsOf, type RootContext } from '../base/root-context.js';
import type { StepMode, StepOutcome } from '../base/run-step.js';
import { openShared, snapshotTarget } from './snapshot-version.js';
import { unionOfRoot } from './union-version.js';
import type { Workbench } from '../base/workbench.js';

export interface RebuildRequest extends StepMode {
  /** One root; every one of ours when absent. */
  readonly cli?: string | undefined;
}
interface Rebuilt {
  readonly cli: string;
  readonly version: string;
  readonly step: string;
  readonly status: string;
  readonly changed: readonly string[];
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
  const report = await reportOfRoot(root, version, { ...mode, force: true });
  const metadata = await rebuildMetadata(root, version, mode);
  return {
    rows: [
      ...snapshots.map((outcome) => row('snapshot', outcome)),
      row('union', union),
      row('report', report),
      ...(metadata === undefined ? [] : [row('metadata', metadata)]),
    ],
    findings: [...snapshots, union, report, metadata].flatMap((outcome) => outcome?.findings ?? []),
  };
}

/** `rebuild CLI|--all`: derives every committed version again and says what changed. */
export async function rebuild(
  bench: Workbench,
  request: RebuildRequest,
): Promise<{ result: Result; findings: readonly Finding[] }> {
  const names = request.cli === undefined ? await currentRootsOf(bench) : [request.cli];
  const rows: Rebuilt[] = [];
  const findings: Finding[] = [];
  for (const name of names) {
    const root = await openRootContext(bench, name);
    for (const version of lockedVersions(await lockOf(root))) {
      const done = await rebuildVersion(root, version, request);
      rows.push(...done.rows);
      findings.push(...done.findings);
    }
    for (const [step, again] of [['current', rebuildCurrent] as const, ['copies', rebuildCopies] as const]) {
      const done = await again(root, request);
      if (done === undefined) continue;
      rows.push({ cli: root.name, version: '', step, status: done.status, changed: done.changed });
      findings.push(...done.findings);
    }
  }
  const changed = rows.flatMap((row) => row.changed);
  return { result: rebuiltResult(rows, changed), findings };
}

function rebuiltResult(rows: readonly Rebuilt[], changed: readonly string[]): Result {
  return {
    kind: 'rebuilt',
    schema_version: 1,
    data: { steps: rows, changed },
    view: {
      headline:
        changed.length === 0
          ? `${rows.length} steps derived again, nothing changed`
          : `${changed.length} files changed`,
      tone: changed.length === 0 ? 'good' : 'warn',
      lines: changed,
      tables: [
        {
          columns: [{ title: 'root' }, { title: 'version' }, { title: 'step' }, { title: 'status' }],
          rows: rows.map((row) => [row.cli, row.version, row.step, row.status]),
        },
      ],
    },
  };
}
