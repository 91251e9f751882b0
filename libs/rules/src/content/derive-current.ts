import { buildReports, type CoverageParts } from '@cliparity/coverage';
import { versionMetadata, VersionMetadataSchema, type VersionMetadata } from '@cliparity/lifecycle';
import {
  compareBytes,
  CoverageReportSchema,
  digestOf,
  serialize,
  sha256,
  UnionSchema,
  type LockEntry,
  type Snapshot,
  type Union,
  type WrapperCoverage,
} from '@cliparity/model';
import { mergeUnion } from '@cliparity/surface';
import type { DerivedFile } from './derived-file.js';
import type { RootFacts } from './root-facts.js';
import type { RootFile } from './root-file.js';

/** The union of one version out of its snapshots, with the digests it records. Errors: those of `mergeUnion`. */
export function deriveUnion(
  { manifest, prefix }: RootFacts,
  version: string,
  snapshots: ReadonlyMap<string, RootFile<Snapshot>>,
): DerivedFile {
  const { expected, required } = manifest.targets;
  const files = [...snapshots].map(([target, { text }]) => ({
    name: `${prefix}snapshots/${version}/${target}.json`,
    sha256: sha256(text),
  }));
  const union = mergeUnion({
    snapshots: [...snapshots.values()].map(({ value }) => value),
    expectedTargets: expected,
    requiredTarget: required,
    inputs: [...files, { name: 'targets', sha256: digestOf({ expected, required }) }],
  });
  return { path: `snapshots/${version}/union.json`, text: serialize(UnionSchema, union) };
}

/** What coverage of one version is judged from. */
export function coverageParts(
  { manifest, systems }: RootFacts,
  union: Union,
  coverage: WrapperCoverage,
): CoverageParts {
  return { union, coverage, exclusions: manifest.exclusions ?? [], requiredTarget: manifest.targets.required, systems };
}

/** The digests that reports and metadata record about their inputs. */
export function reportDigests(
  { manifest, systems }: RootFacts,
  union: RootFile<Union>,
  wrapper: RootFile<WrapperCoverage>,
): { readonly name: string; readonly sha256: string }[] {
  const rules = { exclusions: manifest.exclusions ?? [], required: manifest.targets.required, systems };
  return [
    { name: 'rules', sha256: digestOf(rules) },
    { name: 'union', sha256: sha256(union.text) },
    { name: 'wrapper_coverage', sha256: sha256(wrapper.text) },
  ];
}

/** The reports of one version. Errors: those of `buildReports`. */
export function deriveReports(
  facts: RootFacts,
  union: RootFile<Union>,
  wrapper: RootFile<WrapperCoverage>,
): readonly DerivedFile[] {
  const parts = coverageParts(facts, union.value, wrapper.value);
  const version = union.value.inputs[0]?.binary.semantic_version ?? '';
  const made = buildReports({
    ...parts,
    digests: reportDigests(facts, union, wrapper),
    generatedAt: union.value.collected_at,
  });
  return [...made].map(([name, report]) => ({
    path: `reports/${version}/${name}`,
    text: serialize(CoverageReportSchema, report),
  }));
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
}

/**
 * The metadata of one version as it is: status, notes and outcomes of the existing one, everything else derived.
 * Errors: those of `versionMetadata`; GATE_NOT_MET where the status does not follow any more.
 */
export function deriveMetadata(facts: RootFacts, inputs: MetadataInputs): DerivedFile {
  const { version, union, wrapper, existing, hasReports, entries } = inputs;
  const lock = { name: 'lock', sha256: digestOf([...entries].sort(byTarget)) };
  const made = versionMetadata({
    version,
    union: union.value,
    coverage: wrapper === undefined ? undefined : coverageParts(facts, union.value, wrapper.value),
    requiredTarget: facts.manifest.targets.required,
    policy: facts.manifest.promotion?.mode ?? 'linux_first_v1',
    hasReports,
    ...(existing !== undefined && { existing, status: existing.status }),
    updatedAt: union.value.collected_at,
    inputs: [
      lock,
      ...(wrapper === undefined
        ? [{ name: 'union', sha256: sha256(union.text) }]
        : reportDigests(facts, union, wrapper)),
    ],
  });
  return { path: `versions/${version}.json`, text: serialize(VersionMetadataSchema, made) };
}
