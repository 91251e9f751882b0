import { existsSync, readdirSync } from 'node:fs';
import { lockedVersions, writeLock } from '@cliparity/acquisition';
import { readBytes, readJsonIfThere } from '@cliparity/manifest-store';
import {
  CliparityError,
  finding,
  serialize,
  SnapshotSchema,
  SupplementSchema,
  WaiversSchema,
  WrapperCoverageSchema,
  type Finding,
  type Result,
  type Snapshot,
} from '@cliparity/model';
import type { FileRef } from '@cliparity/plugin-api';
import { snapshotProvenance } from '@cliparity/surface';
import { digestsOfProvenance } from './derived/provenance-digests.js';
import { lockFindings } from './lock-version.js';
import { reportOfRoot } from './report-version.js';
import { lockOf, openRootContext, type RootContext } from './root-context.js';
import { rootsOf } from './roots-of.js';
import type { StepOutcome } from './run-step.js';
import { knownParts, openShared } from './snapshot-version.js';
import { unionOfRoot } from './union-version.js';
import { strayFiles } from './stray-files.js';
import { validateOlder } from './validate-older.js';
import { findingsResult } from './views/findings-view.js';
import type { Workbench } from './workbench.js';

/** Turns what a reader throws about a file into a finding of that file; anything that is not about a file goes on. */
async function asFindings(file: string, work: () => Promise<readonly Finding[]>): Promise<readonly Finding[]> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof CliparityError) || error.code === 'INTERRUPTED') throw error;
    return [finding({ code: error.code, message: error.message, file, help: error.remedy })];
  }
}

async function lockFileFindings(root: RootContext): Promise<readonly Finding[]> {
  const file = root.ref(root.layout.lock);
  if (!existsSync(file.path))
    return [finding({ code: 'FILE_MISSING', message: `${file.name} does not exist`, file: file.name })];
  const lock = await lockOf(root);
  const canonical = writeLock(lock) === new TextDecoder().decode(await readBytes(file.path));
  const perVersion = await Promise.all(lockedVersions(lock).map((version) => lockFindings(root, version)));
  return [
    ...(canonical
      ? []
      : [
          finding({
            code: 'FILE_NOT_CANONICAL',
            message: `${file.name} is not in canonical order or form`,
            file: file.name,
          }),
        ]),
    ...perVersion.flat(),
  ];
}

async function handWrittenFindings(root: RootContext): Promise<readonly Finding[]> {
  const files = [
    [root.layout.wrapperCoverage, WrapperCoverageSchema],
    [root.layout.waivers, WaiversSchema],
    [root.layout.supplement, SupplementSchema],
  ] as const;
  const found = files.map(([path, schema]) => {
    const { name } = root.ref(path);
    return asFindings(name, async () => {
      await readJsonIfThere(path, schema, { name });
      return [];
    });
  });
  return (await Promise.all(found)).flat();
}

interface SnapshotFile {
  readonly root: RootContext;
  readonly version: string;
  readonly target: string;
  readonly file: FileRef;
}

const sameDigests = (a: Snapshot['provenance'], b: Snapshot['provenance']): boolean =>
  JSON.stringify(digestsOfProvenance(a)) === JSON.stringify(digestsOfProvenance(b));

async function snapshotFindings({ root, version, target, file }: SnapshotFile): Promise<readonly Finding[]> {
  const snapshot = await readJsonIfThere(file.path, SnapshotSchema, { name: file.name });
  if (snapshot === undefined) return [];
  const at = { file: file.name, target };
  const { binary } = snapshot;
  if (binary.target_triple !== target || binary.semantic_version !== version) {
    const message = `${file.name} is the snapshot of ${binary.semantic_version} on ${binary.target_triple}`;
    return [finding({ code: 'SNAPSHOT_MISPLACED', message, ...at })];
  }
  const shared = await openShared(root.bench, root.name, version);
  const known = knownParts(shared, await root.bench.kernel.targets.find(target));
  const found: Finding[] = [];
  if (known.entry.binary_sha256 !== binary.sha256) {
    found.push(
      finding({
        code: 'SNAPSHOT_NOT_OF_LOCK',
        message: `${file.name} was taken from another binary than the lock pins`,
        ...at,
      }),
    );
  } else if (!sameDigests(snapshotProvenance(known), snapshot.provenance)) {
    const help = `cliparity snapshot ${root.name} ${version} --target ${target}`;
    found.push(
      finding({
        code: 'SNAPSHOT_STALE',
        message: `${file.name} was made with other settings, dialect or supplement`,
        help,
        ...at,
      }),
    );
  }
  const text = new TextDecoder().decode(await readBytes(file.path));
  if (serialize(SnapshotSchema, snapshot) !== text) {
    found.push(
      finding({ code: 'FILE_NOT_CANONICAL', message: `${file.name} is not in canonical order or form`, ...at }),
    );
  }
  return found;
}

async function derivedFindings(work: () => Promise<StepOutcome>): Promise<readonly Finding[]> {
  return (await work()).findings;
}

async function versionFindings(root: RootContext, version: string): Promise<readonly Finding[]> {
  const { expected, required } = root.manifest.targets;
  const snapshots: Finding[] = [];
  for (const target of expected) {
    const file = root.ref(root.layout.snapshot(version, target));
    snapshots.push(...(await asFindings(file.name, () => snapshotFindings({ root, version, target, file }))));
  }
  // What is derived from a broken snapshot is broken too; one finding is enough.
  if (snapshots.length > 0) return snapshots;
  if (!existsSync(root.layout.snapshot(version, required))) return [];
  const union = root.ref(root.layout.union(version)).name;
  const reports = root.ref(root.layout.reportsOf(version)).name;
  const unionFound = await asFindings(union, () => derivedFindings(() => unionOfRoot(root, version, { check: true })));
  if (unionFound.length > 0 || !existsSync(root.layout.wrapperCoverage)) return unionFound;
  return asFindings(reports, () => derivedFindings(() => reportOfRoot(root, version, { check: true })));
}

const folders = (path: string): string[] =>
  existsSync(path)
    ? readdirSync(path, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => entry.name)
    : [];

async function rootFindings(bench: Workbench, cli: string): Promise<readonly Finding[]> {
  const root = await openRootContext(bench, cli);
  const found = [
    ...(await asFindings(root.ref(root.layout.lock).name, () => lockFileFindings(root))),
    ...(await handWrittenFindings(root)),
    ...strayFiles(root),
  ];
  for (const version of folders(root.layout.snapshots).sort()) {
    const { name } = root.ref(`${root.layout.snapshots}/${version}`);
    found.push(...(await asFindings(name, () => versionFindings(root, version))));
  }
  return found;
}

/** `validate [CLI]`: every committed file against its schema, and that derived files can be derived again. */
export async function validate(
  bench: Workbench,
  cli?: string,
): Promise<{ result: Result; findings: readonly Finding[] }> {
  const roots = await rootsOf(bench);
  const chosen =
    cli === undefined
      ? roots
      : [{ name: cli, kind: roots.find((root) => root.name === cli)?.kind ?? ('current' as const) }];
  const findings: Finding[] = [];
  for (const { name, kind } of chosen) {
    const file = `${name}/cliparity.json`;
    findings.push(
      ...(await asFindings(file, () => (kind === 'older' ? validateOlder(bench, name) : rootFindings(bench, name)))),
    );
  }
  return { result: findingsResult(chosen.map((root) => root.name).join(', ') || 'no roots', findings), findings };
}
