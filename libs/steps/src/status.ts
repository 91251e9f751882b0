import { existsSync } from 'node:fs';
import { lockedVersions } from '@cliparity/acquisition';
import { readJsonIfThere } from '@cliparity/manifest-store';
import { CoverageReportSchema, type CoverageReport, type Result } from '@cliparity/model';
import { lockOf, openRootContext, type RootContext } from './root-context.js';
import { currentRootsOf } from './roots-of.js';
import type { Workbench } from './workbench.js';

interface VersionStatus {
  readonly version: string;
  readonly locked_targets: number;
  readonly snapshots: readonly string[];
  readonly union: boolean;
  readonly missing_units?: number;
}
interface RootStatus {
  readonly cli: string;
  readonly newest_locked: string | null;
  readonly versions: readonly VersionStatus[];
}

const missingIn = (report: CoverageReport): number =>
  report.totals.commands.missing + report.totals.flags.missing + report.totals.args.missing;

async function versionStatus(root: RootContext, version: string, lockedTargets: number): Promise<VersionStatus> {
  const snapshots = root.manifest.targets.expected.filter((target) =>
    existsSync(root.layout.snapshot(version, target)),
  );
  const { name, path } = root.ref(root.layout.report(version, 'any'));
  const report = await readJsonIfThere(path, CoverageReportSchema, { name });
  return {
    version,
    locked_targets: lockedTargets,
    snapshots,
    union: existsSync(root.layout.union(version)),
    ...(report !== undefined && { missing_units: missingIn(report) }),
  };
}

async function rootStatus(bench: Workbench, cli: string): Promise<RootStatus> {
  const root = await openRootContext(bench, cli);
  const lock = await lockOf(root);
  const versions: VersionStatus[] = [];
  for (const version of lockedVersions(lock)) {
    const targets = lock.artifacts.filter((entry) => entry.semantic_version === version).length;
    versions.push(await versionStatus(root, version, targets));
  }
  return { cli: root.name, newest_locked: versions.at(-1)?.version ?? null, versions };
}

function rowOf(root: RootStatus, one: VersionStatus) {
  const missing =
    one.missing_units === undefined ? { text: 'no report', tone: 'warn' as const } : String(one.missing_units);
  return [
    root.cli,
    one.version,
    `${one.locked_targets}`,
    String(one.snapshots.length),
    one.union ? 'yes' : 'no',
    missing,
  ];
}

/** `status [CLI]`: per root and locked version, how far the chain got. Reads committed files only. */
export async function status(bench: Workbench, cli?: string): Promise<Result> {
  const names = cli === undefined ? await currentRootsOf(bench) : [cli];
  const roots: RootStatus[] = [];
  for (const name of names) roots.push(await rootStatus(bench, name));
  const rows = roots.flatMap((root) => root.versions.map((one) => rowOf(root, one)));
  const right = { align: 'right' as const };
  return {
    kind: 'status',
    schema_version: 1,
    data: { roots },
    view: {
      headline:
        roots.map((root) => `${root.cli}: newest locked ${root.newest_locked ?? 'none'}`).join('; ') || 'no roots yet',
      tables: [
        {
          columns: [
            { title: 'root' },
            { title: 'version' },
            { title: 'locked', ...right },
            { title: 'snapshots', ...right },
            { title: 'union' },
            { title: 'missing units', ...right },
          ],
          rows,
        },
      ],
    },
  };
}
