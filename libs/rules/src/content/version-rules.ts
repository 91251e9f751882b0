import { VersionMetadataSchema } from '@cliparity/lifecycle';
import {
  CliparityError,
  finding,
  UnionSchema,
  type Finding,
  type LockEntry,
  type Snapshot,
  type Supplement,
  type Union,
  type WrapperCoverage,
} from '@cliparity/model';
import { entriesOf, isFile, type FileState } from '../engine/root-view.js';
import { knowing } from '../engine/knowing-view.js';
import { deriveMetadata, deriveReports, deriveUnion } from './derive-current.js';
import { compareDerived, type DerivedFile } from './derived-file.js';
import type { RootFacts } from './root-facts.js';
import { readRootFile, type RootFile } from './root-file.js';
import { quickUnion } from './quick-union.js';
import { readSnapshots } from './snapshot-rules.js';
import { unitFindings } from './unit-rules.js';

/** What all versions of a root are judged with. */
export interface VersionBench {
  readonly facts: RootFacts;
  /** The lock's, by version. */
  readonly entries: ReadonlyMap<string, readonly LockEntry[]>;
  readonly supplement: Supplement | undefined;
  /** Undefined when there is none. */
  readonly wrapper: RootFile<WrapperCoverage> | undefined;
  /** The wrapper coverage is there and broken, which is a finding of its own: nothing that follows from it is judged. */
  readonly isWrapperBroken: boolean;
}

/** Compares what can be derived; what cannot is a finding that says why. */
function checkDerived(
  { view, prefix }: RootFacts,
  { path, state }: { readonly path: string; readonly state?: FileState },
  derive: () => readonly DerivedFile[],
): readonly Finding[] {
  try {
    return compareDerived(state === undefined ? view : knowing(view, path, state), derive(), prefix);
  } catch (error) {
    if (!(error instanceof CliparityError)) throw error;
    const file = `${prefix}${path}`;
    const message = `${file} cannot be derived again: ${error.message}`;
    return [
      finding({ code: 'DERIVED_FILE_NOT_DERIVABLE', message, file, help: error.remedy, details: { code: error.code } }),
    ];
  }
}

/**
 * Everything that is wrong with the files of one version: snapshots, then the union, then reports and metadata. What is derived from
 * something broken is broken too, so only the first of these that has findings is told.
 */
export async function versionFindings(bench: VersionBench, version: string): Promise<readonly Finding[]> {
  const { facts, wrapper } = bench;
  const snapshots = await readSnapshots(bench, version);
  if (snapshots.findings.length > 0) return snapshots.findings;
  const union = await unionFindings(facts, version, snapshots.good);
  if (union.findings.length === 0 && union.file === undefined) return baselessFindings(facts, version);
  if (union.file === undefined || bench.isWrapperBroken) return union.findings;
  const reports = wrapper === undefined ? [] : reportFindings(facts, union.file, wrapper);
  if (reports.length > 0) return reports;
  return metadataFindings(bench, version, union.file);
}

/** Metadata of a version of which there is no union: nothing bears out what it says. */
function baselessFindings({ view, prefix }: RootFacts, version: string): readonly Finding[] {
  const path = `versions/${version}.json`;
  if (view.read(path).kind === 'absent') return [];
  const file = `${prefix}${path}`;
  const message = `${file} cannot be derived again: ${prefix}snapshots/${version}/union.json does not exist`;
  const help = 'Restore the snapshots of this version from version control, or delete the file.';
  return [finding({ code: 'DERIVED_FILE_NOT_DERIVABLE', message, file, help })];
}

async function unionFindings(
  facts: RootFacts,
  version: string,
  snapshots: ReadonlyMap<string, RootFile<Snapshot>>,
): Promise<{ readonly file?: RootFile<Union>; readonly findings: readonly Finding[] }> {
  const path = `snapshots/${version}/union.json`;
  const file = `${facts.prefix}${path}`;
  const { expected, required } = facts.manifest.targets;
  if (!snapshots.has(required)) {
    if (!isFile(facts.view, path)) return { findings: [] };
    const message = `${file} has no snapshot of the required target ${required} to be derived from`;
    return { findings: [finding({ code: 'REQUIRED_TARGET_MISSING', message, file, target: required })] };
  }
  const state = facts.view.read(path);
  const sound = await quickUnion(state, () => deriveUnion(facts, version, snapshots));
  if (sound !== undefined) return { file: sound, findings: [] };
  const read = await readRootFile(facts, path, { schema: UnionSchema, form: 'derived', state });
  if (read.kind === 'bad') return { findings: read.findings };
  if (read.kind === 'good') {
    const { value } = read.file;
    if (JSON.stringify(value.expected_targets) !== JSON.stringify(expected)) {
      const message = `${file} was made for ${value.expected_targets.join(', ')}; expected are ${expected.join(', ')}`;
      return { findings: [finding({ code: 'EXPECTED_TARGETS_DIFFER', message, file, pointer: '/expected_targets' })] };
    }
    const units = unitFindings({ file, commands: value.commands, isUnion: true });
    if (units.length > 0) return { findings: units };
  }
  const findings = checkDerived(facts, { path, state }, () => [deriveUnion(facts, version, snapshots)]);
  return read.kind === 'good' && findings.length === 0 ? { file: read.file, findings } : { findings };
}

function reportFindings(
  facts: RootFacts,
  union: RootFile<Union>,
  wrapper: RootFile<WrapperCoverage>,
): readonly Finding[] {
  const folder = `reports/${union.value.inputs[0]?.binary.semantic_version ?? ''}`;
  let derived: readonly DerivedFile[] = [];
  const found = checkDerived(facts, { path: folder }, () => (derived = deriveReports(facts, union, wrapper)));
  const known = new Set(derived.map(({ path }) => path));
  const stray = entriesOf(facts.view, folder).map(({ name }) => `${folder}/${name}`);
  if (derived.length === 0) return found;
  return [
    ...found,
    ...stray
      .filter((path) => !known.has(path))
      .map((path) => {
        const file = `${facts.prefix}${path}`;
        const message = `${file} follows from nothing: the union of its version does not give it`;
        return finding({ code: 'DERIVED_FILE_UNEXPECTED', message, file, help: 'Delete it.' });
      }),
  ];
}

async function metadataFindings(
  { facts, wrapper, entries: all }: VersionBench,
  version: string,
  union: RootFile<Union>,
): Promise<readonly Finding[]> {
  const path = `versions/${version}.json`;
  const state = facts.view.read(path);
  const read = await readRootFile(facts, path, { schema: VersionMetadataSchema, form: 'derived', state });
  if (read.kind === 'absent') return [];
  if (read.kind === 'bad') return read.findings;
  const existing = read.file.value;
  const file = `${facts.prefix}${path}`;
  if (existing.semantic_version !== version) {
    const message = `${file} is the metadata of ${existing.semantic_version}`;
    return [finding({ code: 'VERSION_METADATA_MISPLACED', message, file })];
  }
  const entries = all.get(version) ?? [];
  const hasReports = wrapper !== undefined && facts.view.list(`reports/${version}`).kind === 'folder';
  return checkDerived(facts, { path, state }, () => [
    deriveMetadata(facts, { version, union, wrapper, hasReports, entries, existing }),
  ]);
}
