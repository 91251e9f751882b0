import type { VersionMetadata } from '@cliparity/lifecycle';
import { compareVersions, type Result, type Tone } from '@cliparity/model';
import type { TargetTest } from '../lifecycle/run-tests.js';

interface Verified {
  readonly cli: string;
  /** `versions/<version>.json`, relative to the workspace. */
  readonly file: string;
  readonly tests: readonly TargetTest[];
  readonly metadata: VersionMetadata;
  readonly isChanged: boolean;
  /** What keeps the version from being validated, as a sentence. */
  readonly open: string | undefined;
  /** The latest validated version. */
  readonly latest: string | undefined;
}

const TONES: Readonly<Record<string, Tone>> = { passed: 'good', failed: 'bad', skipped: 'dim' };

/** What `verify` shows: status, each target's outcome, and what can be done with it. */
export function verifiedResult({ cli, file, tests, metadata, isChanged, open, latest }: Verified): Result {
  const { semantic_version: version, status, promotion } = metadata;
  const passed = tests.filter(({ run }) => run.outcome === 'passed').length;
  const rows = tests.map(({ run, skippedBecause, log }) => [
    run.target,
    { text: run.outcome, tone: TONES[run.outcome] ?? 'dim' },
    skippedBecause ?? log ?? '',
  ]);
  const isNewer = latest === undefined || compareVersions(version, latest) > 0;
  const canMove = promotion.eligible_for_latest_validated && isNewer;
  return {
    kind: 'verified',
    schema_version: 1,
    data: {
      cli,
      version,
      status,
      eligible: promotion.eligible_for_latest_validated,
      ...(open !== undefined && { open }),
      changed: isChanged ? [file] : [],
      targets: tests.map(({ run, skippedBecause, log }) => ({
        ...run,
        ...(skippedBecause !== undefined && { skipped_because: skippedBecause }),
        log,
      })),
    },
    view: {
      headline: `${cli} ${version} is ${status}: tests passed on ${String(passed)} of ${String(tests.length)} targets`,
      tone: passed > 0 ? 'good' : 'warn',
      lines: [`${file}: ${isChanged ? 'written' : 'unchanged'}`, ...(open === undefined ? [] : [open])],
      tables: [{ columns: [{ title: 'target' }, { title: 'tests' }, { title: 'log or reason' }], rows }],
      ...(canMove && { next: [`cliparity promote ${cli} ${version}`] }),
    },
  };
}
