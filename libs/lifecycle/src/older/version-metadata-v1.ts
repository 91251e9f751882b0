import { FindingError, UsageError, type VersionStatus } from '@cliparity/model';
import { valid } from 'semver';
import type { VersionMetadataV1 } from './schema.js';
import { supportedTargetsV1, type SupportedParts } from './supported-targets.js';

/** What was found on targets when the wrapper's own tests ran there. */
export interface TargetOutcomes {
  readonly passed: readonly string[];
  readonly failed: readonly string[];
  readonly skipped: readonly string[];
}

export interface VersionMetadataV1Parts extends Omit<SupportedParts, 'coverage'> {
  readonly version: string;
  readonly status: VersionStatus;
  /** RFC 3339: the older format took it from a clock. */
  readonly updatedAt: string;
  /** `wrapper_coverage.json`; only a snapshotted version may do without. */
  readonly coverage?: SupportedParts['coverage'] | undefined;
  /** Whether `coverage.any.json` of the version is there. */
  readonly hasAnyReport: boolean;
  /** The committed metadata, whose notes and outcomes are kept. */
  readonly existing?: VersionMetadataV1 | undefined;
  /** Replaces all three lists. */
  readonly outcomes?: TargetOutcomes | undefined;
}

/**
 * The older format's version metadata, byte for byte once serialised with `VersionMetadataV1Schema`. It lets any status take the place of any
 * other, as that format does; ours is `advance`. Source: reference/parity-formats.md section 5.1.
 * Errors: VERSION_INVALID, REPORT_MISSING, WRAPPER_COVERAGE_MISSING, GATE_NOT_MET.
 */
export function versionMetadataV1(parts: VersionMetadataV1Parts): VersionMetadataV1 {
  const { version, status, union, existing, coverage, rules } = parts;
  checkInputs(parts);
  const supported = coverage === undefined ? undefined : supportedTargetsV1({ ...parts, coverage });
  const validation = outcomesOf(parts);
  const made: VersionMetadataV1 = {
    schema_version: 1,
    semantic_version: version,
    status,
    updated_at: parts.updatedAt,
    ...(existing?.notes !== undefined && { notes: existing.notes }),
    artifacts: {
      snapshots_dir: `snapshots/${version}`,
      reports_dir: `reports/${version}`,
      union_complete: union.complete,
    },
    ...(supported !== undefined && {
      coverage: {
        supported_targets: supported,
        supported_required_target: supported.includes(rules.union.required_target),
      },
    }),
    ...(validation !== undefined && { validation }),
    // So the older format has it: a supported version is not eligible.
    promotion: { eligible_for_latest_validated: status === 'validated' },
  };
  checkGates(parts, made);
  return made;
}

function checkInputs({ version, status, policy, hasAnyReport, coverage }: VersionMetadataV1Parts): void {
  if (policy.requires_semantic_version && valid(version) !== version.split('+')[0])
    throw new UsageError('VERSION_INVALID', `"${version}" is no semantic version.`, { where: version });
  if (status !== 'snapshotted' && !hasAnyReport)
    throw new FindingError('REPORT_MISSING', `${version} cannot be ${status}: it has no report.`, {
      where: `reports/${version}/coverage.any.json`,
    });
  if (status !== 'snapshotted' && coverage === undefined)
    throw new FindingError('WRAPPER_COVERAGE_MISSING', `${version} cannot be ${status} without wrapper coverage.`, {
      where: 'wrapper_coverage.json',
    });
}

function outcomesOf({ status, outcomes, existing, version }: VersionMetadataV1Parts): VersionMetadataV1['validation'] {
  if (outcomes === undefined) return existing?.validation;
  if (status === 'snapshotted') throw gate(version, status, 'outcomes of tests belong to a version with reports');
  return {
    passed_targets: [...outcomes.passed],
    failed_targets: [...outcomes.failed],
    skipped_targets: [...outcomes.skipped],
  };
}

function checkGates({ status, policy, rules, union, version }: VersionMetadataV1Parts, made: VersionMetadataV1): void {
  const { required_target: required, expected_targets: expected } = rules.union;
  const supported = made.coverage?.supported_targets ?? [];
  if (status === 'validated') {
    if (made.coverage?.supported_required_target !== true) throw gate(version, status, `${required} is not supported`);
    if (made.validation?.passed_targets?.includes(required) !== true)
      throw gate(version, status, `no test has passed on ${required}`);
  }
  if (status !== 'supported') return;
  if (policy.requires_union_complete && !union.complete) throw gate(version, status, 'its union is not complete');
  const missing = expected.filter((target) => !supported.includes(target));
  if (missing.length > 0 || new Set(expected).size !== supported.length)
    throw gate(version, status, `${missing.join(', ')} is not supported`);
}

const gate = (version: string, status: VersionStatus, why: string): FindingError =>
  new FindingError('GATE_NOT_MET', `${version} cannot become ${status}: ${why}.`, {
    where: `versions/${version}.json`,
    remedy: 'Do what is missing first; nothing was written.',
  });
