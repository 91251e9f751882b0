import type { TestRun, VersionMetadata } from '@cliparity/lifecycle';
import { withRootLock, writeAtomic } from '@cliparity/manifest-store';
import { CliparityError, finding, type Finding, type Result } from '@cliparity/model';
import { rootPointers } from '@cliparity/rules';
import { testTarget, type TargetTest } from './run-tests.js';
import { secretsOf, testCommandOf } from './test-command.js';
import {
  derivedRecord,
  readRecord,
  recordFindings,
  staleFindings,
  whyNotValidated,
  type VersionRecord,
} from './version-record.js';
import { lockedVersionOf, lockOf, openRootContext, targetsOf, type RootContext } from '../base/root-context.js';
import { findingsResult } from '../views/findings-view.js';
import { verifiedResult } from '../views/verified-view.js';
import type { Workbench } from '../base/workbench.js';

/** How long a test command may take unless said. */
export const TEST_SECONDS = 900;

export interface VerifyRequest {
  readonly cli: string;
  readonly version: string;
  readonly targets?: readonly string[] | undefined;
  /** The test command; the manifest's when empty. */
  readonly command: readonly string[];
  readonly timeoutSeconds?: number | undefined;
  /** Why the outcome may lower the version's status. */
  readonly downgrade?: string | undefined;
  /** Run nothing: say whether the committed metadata can be derived again. */
  readonly check?: boolean;
}
interface Verified {
  readonly result: Result;
  readonly findings: readonly Finding[];
}
interface Recorded {
  readonly metadata: VersionMetadata;
  /** What keeps the version from being validated. */
  readonly open: string | undefined;
  /** The latest validated version, as its pointer says. */
  readonly latest: string | undefined;
  readonly isChanged: boolean;
}

function failureOf(root: RootContext, version: string, { run, log, tail }: TargetTest): Finding {
  const how = run.reason ?? `exit ${String(run.exit_code)}`;
  const wrapper = root.manifest.wrapper?.name ?? 'the wrapper';
  return finding({
    code: 'WRAPPER_TESTS_FAILED',
    message: `the tests of ${wrapper} fail with ${root.name} ${version} on ${run.target}: ${how}`,
    file: root.ref(root.layout.version(version)).name,
    target: run.target,
    key: version,
    help: `Read ${log ?? 'the log'}, mend the wrapper, verify again.`,
    details: { exit_code: run.exit_code ?? null, log, tail },
  });
}

/** A status that does not follow any more: lowered when somebody says why, else a finding. */
function withDowngrade(record: VersionRecord, runs: readonly TestRun[], downgrade: string | undefined): string {
  try {
    return derivedRecord(record, { runs }).text;
  } catch (error) {
    const isLower = error instanceof CliparityError && ['GATE_NOT_MET', 'STATUS_DOWNGRADE'].includes(error.code);
    if (!isLower || downgrade === undefined) throw error;
    return derivedRecord(record, { runs, downgrade }).text;
  }
}

/** Writes the outcomes, reading again what is committed: another run may have recorded other targets meanwhile. */
async function recordRuns(
  root: RootContext,
  version: string,
  how: { readonly runs: readonly TestRun[]; readonly downgrade: string | undefined },
): Promise<Recorded> {
  return withRootLock(root, async () => {
    const record = await readRecord(root, version);
    const text = withDowngrade(record, how.runs, how.downgrade);
    const before = record.facts.view.read(`versions/${version}.json`);
    const isChanged = before.kind !== 'file' || Buffer.compare(before.bytes, Buffer.from(text)) !== 0;
    if (isChanged) await writeAtomic(record.file.path, text);
    const metadata = JSON.parse(text) as VersionMetadata;
    const open = whyNotValidated({ ...record, existing: metadata });
    return { metadata, isChanged, open, latest: rootPointers(record.facts.view, []).rootValidated };
  });
}

function downgradeFinding(root: RootContext, version: string, error: CliparityError): Finding {
  const status = 'Its status would fall, so nothing was written.';
  return finding({
    code: error.code,
    message: `${error.message} ${status}`,
    file: root.ref(root.layout.version(version)).name,
    key: version,
    help: `Mend the wrapper, or say why it is right: cliparity verify ${root.name} ${version} --downgrade REASON`,
  });
}

async function record(
  root: RootContext,
  version: string,
  how: { readonly tests: readonly TargetTest[]; readonly downgrade: string | undefined },
): Promise<Verified> {
  const failures = how.tests
    .filter(({ run }) => run.outcome === 'failed')
    .map((test) => failureOf(root, version, test));
  const subject = `tests of ${root.name} ${version}`;
  try {
    const recorded = await recordRuns(root, version, {
      runs: how.tests.map(({ run }) => run),
      downgrade: how.downgrade,
    });
    if (failures.length > 0) return { result: findingsResult(subject, failures), findings: failures };
    return {
      result: verifiedResult({
        cli: root.name,
        file: root.ref(root.layout.version(version)).name,
        tests: how.tests,
        ...recorded,
      }),
      findings: [],
    };
  } catch (error) {
    if (failures.length === 0 || !(error instanceof CliparityError) || error.exitCode !== 1) throw error;
    const findings = [...failures, downgradeFinding(root, version, error)];
    return { result: findingsResult(subject, findings), findings };
  }
}

/**
 * `verify CLI VERSION`: runs the wrapper's own tests against each target's pinned binary and writes the outcome as the version's metadata.
 * Findings: WRAPPER_TESTS_FAILED, GATE_NOT_MET and STATUS_DOWNGRADE (with failed tests), those of derived files that are not up to date.
 * Errors: TEST_COMMAND_MISSING, TEST_COMMAND_NOT_STARTED, TARGET_NOT_EXPECTED, VERSION_RECORD_EDITED, those of acquiring.
 */
export async function verifyVersion(bench: Workbench, request: VerifyRequest): Promise<Verified> {
  const root = await openRootContext(bench, request.cli);
  const version = await lockedVersionOf(root, request.version);
  const targets = await targetsOf(root, request.targets);
  const command = request.check === true ? [] : testCommandOf(root, request.command);
  const stale = await staleFindings(root, version);
  const committed = stale.length > 0 ? undefined : await readRecord(root, version);
  if (committed === undefined || request.check === true) {
    const findings = committed === undefined ? stale : recordFindings(committed);
    return { result: findingsResult(`metadata of ${root.name} ${version}`, findings), findings };
  }
  secretsOf(process.env).forEach(bench.io.secret);
  const timeoutMs = (request.timeoutSeconds ?? TEST_SECONDS) * 1000;
  const task = { root, version, command, timeoutMs, lock: await lockOf(root) };
  const tests: TargetTest[] = [];
  for (const target of targets) tests.push(await testTarget(task, target));
  for (const { run, tail } of tests)
    if (run.outcome === 'failed')
      bench.io.emit({ type: 'note', level: 'warn', message: `${run.target}:\n${tail ?? ''}` });
  return record(root, version, { tests, downgrade: request.downgrade });
}
