import { reportTexts, type CoverageParts } from '@cliparity/coverage';
import { versionMetadata, VersionMetadataSchema, type TestRun, type VersionMetadata } from '@cliparity/lifecycle';
import {
  compareBytes,
  digestOf,
  serialize,
  sha256,
  UnionSchema,
  type LockEntry,
  type Snapshot,
  type Union,
  type VersionStatus,
  type WrapperCoverage,
} from '@cliparity/model';
import { mergeUnion } from '@cliparity/surface';
import type { DerivedFile } from './derived-file.js';
import type { RootFacts } from './root-facts.js';
import type { RootFile } from './root-file.js';

/** The union of one version out of its snapshots, with the digests it records. Errors: those of `mergeUnion`. */
export function deriveUnion(
  { manifest, prefix, memo }: RootFacts,
  version: string,
  snapshots: ReadonlyMap<string, RootFile<Snapshot>>,
): DerivedFile & { readonly value: Union } {
  const { expected, required } = manifest.targets;
  const files = [...snapshots].map(([target, file]) => ({
    name: `${prefix}snapshots/${version}/${target}.json`,
    sha256: fileDigest(file),
  }));
  const value = mergeUnion({
    snapshots: [...snapshots.values()].map(({ value }) => value),
    expectedTargets: expected,
    requiredTarget: required,
    inputs: [...files, { name: 'targets', sha256: digestOf({ expected, required }) }],
    memo: memo?.merged,
  });
  return { path: `snapshots/${version}/union.json`, text: serialize(UnionSchema, value, memo?.written), value };
}

const fileDigests = new WeakMap<RootFile<unknown>, string>();

/** SHA-256 of a file's text, taken once. */
function fileDigest(file: RootFile<unknown>): string {
  const digest = fileDigests.get(file) ?? sha256(file.bytes ?? file.text);
  fileDigests.set(file, digest);
  return digest;
}

/** What coverage of one version is judged from. */
export function coverageParts(
  { manifest, systems, memo }: RootFacts,
  union: Union,
  coverage: WrapperCoverage,
): CoverageParts {
  const { exclusions, targets } = manifest;
  return { union, coverage, exclusions, requiredTarget: targets.required, systems, memo: memo?.coverage };
}

/** The digests that reports and metadata record about their inputs. */
export function reportDigests(
  { manifest, systems }: RootFacts,
  union: RootFile<Union>,
  wrapper: RootFile<WrapperCoverage>,
): { readonly name: string; readonly sha256: string }[] {
  return [
    { name: 'rules', sha256: rulesDigest(manifest, systems) },
    { name: 'union', sha256: fileDigest(union) },
    { name: 'wrapper_coverage', sha256: fileDigest(wrapper) },
  ];
}

const rulesDigests = new WeakMap<object, { readonly of: object; readonly digest: string }>();

/** Taken once for all versions of a root. */
function rulesDigest(manifest: RootFacts['manifest'], systems: RootFacts['systems']): string {
  const known = rulesDigests.get(manifest);
  if (known?.of === systems) return known.digest;
  const digest = digestOf({ exclusions: manifest.exclusions ?? [], required: manifest.targets.required, systems });
  rulesDigests.set(manifest, { of: systems, digest });
  return digest;
}

/** The reports of one version. Errors: those of `buildReports`. */
export function deriveReports(
  facts: RootFacts,
  union: RootFile<Union>,
  wrapper: RootFile<WrapperCoverage>,
): readonly DerivedFile[] {
  const parts = coverageParts(facts, union.value, wrapper.value);
  const version = union.value.inputs[0]?.binary.semantic_version ?? '';
  const made = reportTexts({
    ...parts,
    digests: reportDigests(facts, union, wrapper),
    generatedAt: union.value.collected_at,
  });
  return [...made].map(([name, text]) => ({ path: `reports/${version}/${name}`, text }));
}

const byTarget = (a: LockEntry, b: LockEntry): number => compareBytes(a.target_triple, b.target_triple);

/** What `deriveMetadata` derives from. */
export interface MetadataInputs {
  readonly version: string;
  readonly union: RootFile<Union>;
  readonly wrapper: RootFile<WrapperCoverage> | undefined;
  readonly hasReports: boolean;
  /** The lock's entries of the version: the metadata pins them, so that nobody edits the lock unseen. */
  readonly entries: readonly LockEntry[];
  readonly existing?: VersionMetadata | undefined;
  /** What is new; the status is then the highest that follows. Without it the status is the existing one. */
  readonly change?: MetadataChange | undefined;
}
export interface MetadataChange {
  readonly runs: readonly TestRun[];
  /** The status to reach, or to be told what is missing for it. */
  readonly status?: VersionStatus | undefined;
  /** Why a status may be lowered. */
  readonly downgrade?: string | undefined;
}

/**
 * The metadata of one version: outcomes of the existing one and new ones, everything else derived.
 * Errors: those of `versionMetadata`; GATE_NOT_MET where the status does not follow any more.
 */
export function deriveMetadata(facts: RootFacts, inputs: MetadataInputs): DerivedFile {
  const { version, union, wrapper, existing, hasReports, entries, change } = inputs;
  const lock = { name: 'lock', sha256: digestOf([...entries].sort(byTarget)) };
  const made = versionMetadata({
    version,
    union: union.value,
    coverage: wrapper === undefined ? undefined : coverageParts(facts, union.value, wrapper.value),
    requiredTarget: facts.manifest.targets.required,
    policy: facts.manifest.promotion?.mode ?? 'linux_first_v1',
    hasReports,
    pinned: new Map(entries.map(({ target_triple, binary_sha256 }) => [target_triple, binary_sha256])),
    existing,
    ...(change ?? { status: existing?.status }),
    updatedAt: union.value.collected_at,
    inputs: [
      lock,
      ...(wrapper === undefined
        ? [{ name: 'union', sha256: fileDigest(union) }]
        : reportDigests(facts, union, wrapper)),
    ],
  });
  return { path: `versions/${version}.json`, text: serialize(VersionMetadataSchema, made) };
}
