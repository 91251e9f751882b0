import { existsSync } from 'node:fs';
import { lockedVersions } from '@cliparity/acquisition';
import { readJsonIfThere } from '@cliparity/manifest-store';
import { CoverageReportSchema, type CoverageReport, type Lock, type Result } from '@cliparity/model';
import type { Pointers, RootPointers } from '@cliparity/lifecycle';
import { folderView, rootPointers } from '@cliparity/rules';
import { lockOf, openRootContext, type RootContext } from '../base/root-context.js';
import { rootsOf } from '../base/roots-of.js';
import { upkeepLines, upkeepOf, type Upkeep } from './status-upkeep.js';
import { versionStatuses } from '../lifecycle/version-statuses.js';
import type { Workbench } from '../base/workbench.js';

interface VersionStatus {
  readonly version: string;
  readonly locked_targets: number;
  readonly snapshots: readonly string[];
  readonly union: boolean;
  readonly missing_units?: number;
  /** Of its metadata; absent when it was never verified. */
  readonly status?: string;
  /** Targets whose pointers name it. */
  readonly validated_on: readonly string[];
  readonly supported_on: readonly string[];
}
interface RootStatus extends Upkeep {
  readonly cli: string;
  readonly newest_locked: string | null;
  readonly latest_validated: string | null;
  readonly min_supported: string | null;
  readonly versions: readonly VersionStatus[];
}

const missingIn = (report: CoverageReport): number =>
  report.totals.commands.missing + report.totals.flags.missing + report.totals.args.missing;

const namedBy = (pointers: Pointers, version: string): readonly string[] =>
  [...pointers].flatMap(([target, named]) => (named === version ? [target] : []));

interface Known {
  readonly lock: Lock;
  readonly pointers: RootPointers;
  readonly statuses: ReadonlyMap<string, string>;
}

async function versionStatus(root: RootContext, version: string, known: Known): Promise<VersionStatus> {
  const status = known.statuses.get(version);
  const snapshots = root.manifest.targets.expected.filter((target) =>
    existsSync(root.layout.snapshot(version, target)),
  );
  const { name, path } = root.ref(root.layout.report(version, 'any'));
  const report = await readJsonIfThere(path, CoverageReportSchema, { name });
  return {
    version,
    locked_targets: known.lock.artifacts.filter((entry) => entry.semantic_version === version).length,
    snapshots,
    union: existsSync(root.layout.union(version)),
    ...(report !== undefined && { missing_units: missingIn(report) }),
    ...(status !== undefined && { status }),
    validated_on: namedBy(known.pointers.latestValidated, version),
    supported_on: namedBy(known.pointers.latestSupported, version),
  };
}

async function rootStatus(bench: Workbench, cli: string): Promise<RootStatus> {
  const root = await openRootContext(bench, cli);
  const lock = await lockOf(root);
  const pointers = rootPointers(folderView(root.path), root.manifest.targets.expected);
  const known: Known = { lock, pointers, statuses: versionStatuses(root.layout) };
  const versions: VersionStatus[] = [];
  for (const version of lockedVersions(lock)) versions.push(await versionStatus(root, version, known));
  return {
    cli: root.name,
    newest_locked: versions.at(-1)?.version ?? null,
    latest_validated: pointers.rootValidated ?? null,
    min_supported: pointers.minSupported ?? null,
    versions,
    ...(await upkeepOf(root, versions.at(-1)?.version)),
  };
}

function pointerWords({ validated_on: validated, supported_on: supported }: VersionStatus): string {
  const words = [
    ...validated.map((target) => `validated on ${target}`),
    ...supported.map((target) => `supported on ${target}`),
  ];
  return words.join(', ');
}

const headlineOf = ({
  cli,
  newest_locked: newest,
  latest_validated: validated,
  min_supported: from,
}: RootStatus): string =>
  `${cli}: newest locked ${newest ?? 'none'}, validated ${validated ?? 'none'}${from === null ? '' : `, supported from ${from}`}`;

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
    one.status ?? { text: 'not verified', tone: 'dim' as const },
    pointerWords(one),
  ];
}

/** `status [CLI]`: per root and locked version, how far the chain got. Reads committed files only. */
export async function status(bench: Workbench, cli?: string): Promise<Result> {
  const known = cli === undefined ? await rootsOf(bench) : [{ name: cli, kind: 'current' as const }];
  const names = known.filter(({ kind }) => kind === 'current').map(({ name }) => name);
  const older = known.filter(({ kind }) => kind === 'older').map(({ name }) => name);
  const roots: RootStatus[] = [];
  for (const name of names) roots.push(await rootStatus(bench, name));
  const rows = roots.flatMap((root) => root.versions.map((one) => rowOf(root, one)));
  const right = { align: 'right' as const };
  return {
    kind: 'status',
    schema_version: 1,
    data: { roots, older },
    view: {
      headline: roots.map(headlineOf).join('; ') || (older.length > 0 ? 'only older roots' : 'no roots yet'),
      lines: [
        ...roots.flatMap((root) => upkeepLines(root.cli, root)),
        ...older.map((name) => `${name}: in the older format; cliparity validate ${name} says how it stands`),
      ],
      tables: [
        {
          columns: [
            { title: 'root' },
            { title: 'version' },
            { title: 'locked', ...right },
            { title: 'snapshots', ...right },
            { title: 'union' },
            { title: 'missing units', ...right },
            { title: 'status' },
            { title: 'pointers' },
          ],
          rows,
        },
      ],
    },
  };
}
