import type { TargetId } from '@cliparity/model';
import type { TestRun, VersionMetadata } from './schema/version-metadata.js';

/** How the wrapper's test command ended on this machine. */
export interface CommandEnd {
  readonly target: TargetId;
  /** argv as configured. */
  readonly command: readonly string[];
  /** Undefined when it was killed or never ran. */
  readonly exitCode?: number | undefined;
  /** The signal, or that it took too long. */
  readonly stoppedBy?: string | undefined;
  readonly binarySha256: string;
  /** SHA-256 of what it printed, masked. */
  readonly logSha256: string;
}

/** The outcome of a test command: passed with exit code 0, failed with any other end. */
export function runOfCommand({ target, command, exitCode, stoppedBy, binarySha256, logSha256 }: CommandEnd): TestRun {
  return {
    target,
    outcome: exitCode === 0 && stoppedBy === undefined ? 'passed' : 'failed',
    command: [...command],
    ...(exitCode !== undefined && { exit_code: exitCode }),
    binary_sha256: binarySha256,
    log_sha256: logSha256,
    ...(stoppedBy !== undefined && { reason: stoppedBy }),
  };
}

/** The outcome on a target that could not be tried here. */
export function skippedRun(target: TargetId, reason: string): TestRun {
  return { target, outcome: 'skipped', reason };
}

/** Of a run that passed as it did before, the first log is the one on record: what tests print of times must not change a committed file. */
const isSamePass = (before: TestRun, run: TestRun): boolean =>
  before.outcome === 'passed' &&
  run.outcome === 'passed' &&
  before.binary_sha256 === run.binary_sha256 &&
  JSON.stringify(before.command) === JSON.stringify(run.command);

/**
 * Runs known so far with new ones in their place, in the order of the expected targets. A skipped run does not take the place of one that
 * happened with the same binary (another machine's test stands), and passing once more changes nothing.
 */
export function mergeRuns(
  known: readonly TestRun[],
  added: readonly TestRun[],
  expected: readonly TargetId[],
): readonly TestRun[] {
  const byTarget = new Map(known.map((run) => [run.target, run]));
  for (const run of added) {
    const before = byTarget.get(run.target);
    const stands =
      before !== undefined && (run.outcome === 'skipped' ? before.outcome !== 'skipped' : isSamePass(before, run));
    if (!stands) byTarget.set(run.target, run);
  }
  return expected.flatMap((target) => byTarget.get(target) ?? []);
}

/** Runs as the block of the metadata; undefined when there are none. */
export function validationOf(runs: readonly TestRun[]): VersionMetadata['validation'] {
  if (runs.length === 0) return undefined;
  const of = (outcome: TestRun['outcome']) => runs.filter((run) => run.outcome === outcome).map(({ target }) => target);
  return {
    passed_targets: of('passed'),
    failed_targets: of('failed'),
    skipped_targets: of('skipped'),
    runs: [...runs],
  };
}
