import { isRecordIntact, VersionMetadataSchema, type VersionMetadata } from '@cliparity/lifecycle';
import { checkJson, readBytes, readJsonIfThere } from '@cliparity/manifest-store';
import {
  CliparityError,
  finding,
  FindingError,
  UnionSchema,
  WrapperCoverageSchema,
  type Finding,
} from '@cliparity/model';
import type { FileRef } from '@cliparity/plugin-api';
import {
  compareDerived,
  deriveMetadata,
  type DerivedFile,
  type MetadataChange,
  type RootFacts,
} from '@cliparity/rules';
import type { Static, TSchema } from '@sinclair/typebox';
import { reportOfRoot } from '../derive/report-version.js';
import { lockOf, type RootContext } from '../base/root-context.js';
import { rootFactsOf } from '../base/root-facts-of.js';
import { unionOfRoot } from '../derive/union-version.js';

/** What the metadata of one version says and what it is derived from. */
export interface VersionRecord {
  readonly root: RootContext;
  readonly version: string;
  readonly facts: RootFacts;
  /** `versions/<version>.json` */
  readonly file: FileRef;
  readonly existing: VersionMetadata | undefined;
  readonly inputs: Omit<Parameters<typeof deriveMetadata>[1], 'existing' | 'change'>;
}

async function readText<S extends TSchema>(ref: FileRef, schema: S): Promise<{ value: Static<S>; text: string }> {
  const bytes = await readBytes(ref.path, { name: ref.name });
  return { value: await checkJson(bytes, schema, { name: ref.name }), text: new TextDecoder().decode(bytes) };
}

async function textIfThere<S extends TSchema>(ref: FileRef, schema: S) {
  try {
    return await readText(ref, schema);
  } catch (error) {
    if (error instanceof CliparityError && error.code === 'FILE_MISSING') return undefined;
    throw error;
  }
}

/** Snapshots that were taken from another binary than the one that the tests would get. */
async function foreignBinaries(root: RootContext, version: string): Promise<readonly Finding[]> {
  const { value: union } = await readText(root.ref(root.layout.union(version)), UnionSchema);
  const { artifacts } = await lockOf(root);
  const ofVersion = artifacts.filter((entry) => entry.semantic_version === version);
  const pinned = new Map(ofVersion.map((entry) => [entry.target_triple, entry.binary_sha256]));
  const foreign = union.inputs.filter(({ target_triple: target, binary }) => pinned.get(target) !== binary.sha256);
  return foreign.map(({ target_triple: target }) => {
    const file = root.ref(root.layout.snapshot(version, target)).name;
    const message = `${file} was taken from another binary than the lock pins`;
    const help = `Run cliparity report ${root.name} ${version} --chain, read the change, commit it.`;
    return finding({ code: 'SNAPSHOT_NOT_OF_LOCK', message, file, target, help });
  });
}

/**
 * What must be up to date before anything is said about a version: its union and, where the wrapper's coverage is stated, its reports.
 * Empty when they are. Errors: REQUIRED_TARGET_MISSING, those of reading.
 */
export async function staleFindings(root: RootContext, version: string): Promise<readonly Finding[]> {
  const union = await unionOfRoot(root, version, { check: true });
  const foreign = union.findings.length > 0 ? [] : await foreignBinaries(root, version);
  if (foreign.length > 0) return foreign;
  const wrapper = await textIfThere(root.ref(root.layout.wrapperCoverage), WrapperCoverageSchema);
  const outcomes =
    union.findings.length > 0 || wrapper === undefined
      ? [union]
      : [union, await reportOfRoot(root, version, { check: true })];
  const help = `Run cliparity report ${root.name} ${version} --chain, read the change, commit it.`;
  return outcomes.flatMap(({ findings }) => findings.map((one) => ({ ...one, help })));
}

/**
 * Reads the record of a version whose union and reports are up to date.
 * Errors: VERSION_RECORD_EDITED, those of reading.
 */
export async function readRecord(root: RootContext, version: string): Promise<VersionRecord> {
  const file = root.ref(root.layout.version(version));
  const remedy = `Restore it from the repository’s history, or delete it and run cliparity verify ${root.name} ${version}.`;
  const existing = await readJsonIfThere(file.path, VersionMetadataSchema, { name: file.name, remedy });
  if (existing !== undefined && !isRecordIntact(existing))
    throw new FindingError('VERSION_RECORD_EDITED', `${file.name} was edited by hand: its record does not add up`, {
      where: file.name,
      remedy,
    });
  const wrapper = await textIfThere(root.ref(root.layout.wrapperCoverage), WrapperCoverageSchema);
  const { artifacts } = await lockOf(root);
  return {
    root,
    version,
    file,
    existing,
    facts: await rootFactsOf(root),
    inputs: {
      version,
      union: await readText(root.ref(root.layout.union(version)), UnionSchema),
      wrapper,
      hasReports: wrapper !== undefined,
      entries: artifacts.filter((entry) => entry.semantic_version === version),
    },
  };
}

/** The metadata with what is new; as it is committed when nothing is. Errors: GATE_NOT_MET, STATUS_DOWNGRADE. */
export function derivedRecord({ facts, inputs, existing }: VersionRecord, change?: MetadataChange): DerivedFile {
  return deriveMetadata(facts, { ...inputs, existing, change });
}

/**
 * What keeps a version from being validated, as a sentence; undefined when nothing does.
 * @throws FindingError other than GATE_NOT_MET
 */
export function whyNotValidated(record: VersionRecord): string | undefined {
  try {
    derivedRecord(
      { ...record, existing: record.existing && lowered(record.existing) },
      { runs: [], status: 'validated' },
    );
    return undefined;
  } catch (error) {
    if (error instanceof CliparityError && error.code === 'GATE_NOT_MET') return error.message;
    throw error;
  }
}

/** Its outcomes alone: a status reached by other gates must not stand in the way of the question. */
const lowered = (existing: VersionMetadata): VersionMetadata => ({ ...existing, status: 'snapshotted' });

/** Whether the committed metadata can be derived again, byte for byte: nothing found when it can. */
export function recordFindings(record: VersionRecord): readonly Finding[] {
  return compareDerived(record.facts.view, [derivedRecord(record)], record.facts.prefix);
}
