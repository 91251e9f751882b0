import type { CoverageParts } from '@cliparity/coverage';
import { digestOf, FindingError, VERSION_STATUSES, type TargetId, type VersionStatus } from '@cliparity/model';
import { POLICIES, type PolicyName, type Requirement } from './policy.js';
import type { TestRun, VersionMetadata } from './schema/version-metadata.js';
import { supportedTargets } from './supported-targets.js';
import { mergeRuns, validationOf } from './test-runs.js';

/** All that the metadata of one version is derived from. */
export interface MetadataParts {
  readonly version: string;
  /** Undefined: the highest status that the gates allow, never below the existing one. */
  readonly status?: VersionStatus | undefined;
  readonly coverage: CoverageParts | undefined;
  readonly union: CoverageParts['union'];
  readonly requiredTarget: string;
  readonly policy: PolicyName;
  /** Whether the reports of the version are there and up to date. */
  readonly hasReports: boolean;
  readonly existing?: VersionMetadata | undefined;
  /** SHA-256 of the binary that the lock pins for each target: runs of any other are forgotten. */
  readonly pinned: ReadonlyMap<TargetId, string>;
  /** New outcomes of tests. */
  readonly runs?: readonly TestRun[] | undefined;
  /** Why a lower status than the existing one is right; without it a downgrade is refused. */
  readonly downgrade?: string | undefined;
  /** RFC 3339 in UTC; of the inputs, never the clock. */
  readonly updatedAt: string;
  /** Digests of the files that were read. */
  readonly inputs: VersionMetadata['inputs'];
}

const rank = (status: VersionStatus): number => VERSION_STATUSES.indexOf(status);

interface Facts {
  readonly parts: MetadataParts;
  readonly supported: readonly string[] | undefined;
  readonly validation: VersionMetadata['validation'];
}

/**
 * The metadata of a version with its status, as far as the gates of the policy allow.
 * Errors: GATE_NOT_MET (names what is missing), STATUS_DOWNGRADE (a lower status without a reason); those of `supportedTargets`.
 */
export function versionMetadata(parts: MetadataParts): VersionMetadata {
  const { version, union, existing, requiredTarget } = parts;
  const supported = parts.coverage === undefined ? undefined : supportedTargets(parts.coverage);
  const runs = mergeRuns(standingRuns(parts), parts.runs ?? [], union.expected_targets);
  const validation = validationOf(runs);
  const facts: Facts = { parts, supported, validation };
  const status = statusOf(facts);
  const notes = parts.downgrade ?? notesOf(existing, status);
  return {
    schema_version: 2,
    semantic_version: version,
    status,
    updated_at: parts.updatedAt,
    ...(notes !== undefined && { notes }),
    artifacts: {
      snapshots_dir: `snapshots/${version}`,
      ...(parts.hasReports && { reports_dir: `reports/${version}` }),
      union_complete: union.complete,
    },
    ...(supported !== undefined && {
      coverage: { supported_targets: [...supported], supported_required_target: supported.includes(requiredTarget) },
    }),
    ...(validation !== undefined && { validation }),
    promotion: { eligible_for_latest_validated: isEligible(facts) },
    inputs: parts.inputs,
    record_sha256: recordDigest({ version, status, notes, runs }),
  };
}

/** Why a status was lowered says nothing any more once it has risen again. */
function notesOf(existing: VersionMetadata | undefined, status: VersionStatus): string | undefined {
  return existing === undefined || rank(status) > rank(existing.status) ? undefined : existing.notes;
}

interface Told {
  readonly version: string;
  readonly status: VersionStatus;
  readonly notes: string | undefined;
  readonly runs: readonly TestRun[];
}
const recordDigest = ({ version, status, notes, runs }: Told): string => digestOf({ version, status, notes, runs });

/** Whether what people and tests said still stands as it was written: nothing else can tell that a run or a status was edited. */
export function isRecordIntact({
  semantic_version,
  status,
  notes,
  validation,
  record_sha256,
}: VersionMetadata): boolean {
  return recordDigest({ version: semantic_version, status, notes, runs: validation?.runs ?? [] }) === record_sha256;
}

/** Runs so far, without those of a binary that is not the pinned one any more. */
function standingRuns({ existing, pinned }: MetadataParts): readonly TestRun[] {
  const isOfPinned = ({ target, binary_sha256: of }: TestRun): boolean => of === undefined || pinned.get(target) === of;
  return (existing?.validation?.runs ?? []).filter(isOfPinned);
}

/** Whether a version may become the latest validated: whatever its status is called, the gates of `validated` hold. */
function isEligible(facts: Facts): boolean {
  return unmet(facts, 'validated').length === 0 && unmet(facts, 'reported').length === 0;
}

function statusOf(facts: Facts): VersionStatus {
  const { parts } = facts;
  const before = parts.existing?.status;
  const status = parts.status ?? highest(facts);
  const missing = gatesBelow(status).flatMap((gate) => unmet(facts, gate));
  if (missing.length > 0 && parts.downgrade === undefined)
    throw new FindingError('GATE_NOT_MET', `${parts.version} cannot become ${status}: ${missing.join('; ')}.`, {
      where: `versions/${parts.version}.json`,
      remedy: 'Do what is missing first; nothing was written.',
    });
  if (missing.length > 0) return highest({ ...facts, parts: { ...parts, existing: undefined } });
  if (before === undefined || rank(status) >= rank(before) || parts.downgrade !== undefined) return status;
  throw new FindingError('STATUS_DOWNGRADE', `${parts.version} is ${before} and would become ${status}.`, {
    where: `versions/${parts.version}.json`,
    remedy: 'Say why it must be lowered, or leave its status as it is.',
  });
}

function highest(facts: Facts): VersionStatus {
  const before = facts.parts.existing?.status;
  const open = VERSION_STATUSES.filter((status) => gatesBelow(status).every((gate) => unmet(facts, gate).length === 0));
  const found = open.at(-1) ?? 'snapshotted';
  return before !== undefined && rank(before) > rank(found) ? before : found;
}

type Gate = 'reported' | 'validated' | 'supported';

/** The gates a status has to pass. `supported` is a statement about coverage and does not need `validated`. */
function gatesBelow(status: VersionStatus): readonly Gate[] {
  if (status === 'snapshotted') return [];
  return status === 'reported' ? ['reported'] : ['reported', status];
}

function unmet(facts: Facts, gate: Gate): string[] {
  const wanted: readonly Requirement[] = POLICIES[facts.parts.policy][gate];
  return wanted.flatMap((requirement) => unmetWords(requirement, facts) ?? []);
}

function unmetWords(requirement: Requirement, { parts, supported = [], validation }: Facts): string | undefined {
  const { union, requiredTarget: required } = parts;
  const open = union.expected_targets.filter((target) => !supported.includes(target));
  const words: Readonly<Record<Requirement, string | undefined>> = {
    required_target_seen: union.inputs.some((input) => input.target_triple === required)
      ? undefined
      : `the required target ${required} was not seen`,
    reported: parts.hasReports ? undefined : 'it has no up-to-date reports',
    supported_on_required_target: supported.includes(required)
      ? undefined
      : `the wrapper does not handle everything on ${required}`,
    passed_on_required_target:
      validation?.passed_targets.includes(required) === true ? undefined : `no test has passed on ${required}`,
    union_complete: union.complete ? undefined : `no snapshot of ${(union.missing_targets ?? []).join(', ')}`,
    supported_on_all_targets: open.length === 0 ? undefined : `not everything is handled on ${open.join(', ')}`,
  };
  return words[requirement];
}
