import { findEntry } from '@cliparity/acquisition';
import { runOfCommand, skippedRun, type TestRun } from '@cliparity/lifecycle';
import { workspaceLayout } from '@cliparity/manifest-store';
import { CouldNotRun, digestOf, sha256, type Lock } from '@cliparity/model';
import type { Target } from '@cliparity/plugin-api';
import { chooseRunner, NO_NAMESPACES, runIsolated, runsNatively, type ChildResult } from '@cliparity/runners';
import { acquireEntry } from '../upstream/acquire-version.js';
import { writeReceipt } from '../base/receipts.js';
import type { RootContext } from '../base/root-context.js';
import { filledCommand, testEnvironment, type UnderTest } from './test-command.js';
import { keepLog } from './test-log.js';

/** Of each stream that a test command prints. */
const MAX_OUTPUT = 64 * 1024 * 1024;
const SHOWN_LINES = 20;

/** What is tested, and with what. */
export interface TestTask {
  readonly root: RootContext;
  readonly version: string;
  readonly lock: Lock;
  readonly command: readonly string[];
  readonly timeoutMs: number;
}
/** One target's run as the metadata records it, and what only this machine knows about it. */
export interface TargetTest {
  readonly run: TestRun;
  /** Why it was skipped here. */
  readonly skippedBecause?: string;
  /** The log, relative to the workspace. */
  readonly log?: string;
  /** The end of the log. */
  readonly tail?: string;
}

/** The child of a test command: at home nowhere, but with the user's PATH, since the command is a tool of theirs, and with loopback. */
function startTests({ root, command, timeoutMs }: TestTask, under: UnderTest): Promise<ChildResult> {
  const [file = '', ...args] = filledCommand(command, under);
  const { io } = root.bench;
  return runIsolated({
    file,
    args,
    cwd: root.workspace,
    scratch: workspaceLayout(root.workspace).tmp,
    env: { PATH: io.env('PATH') ?? '', ...testEnvironment(under) },
    loopback: true,
    isolation: NO_NAMESPACES,
    timeoutMs,
    maxOutputBytes: MAX_OUTPUT,
    columns: 100,
    signal: io.signal,
    names: { [under.binary]: '$CLIPARITY_BINARY', [root.workspace]: '$WORKSPACE' },
  });
}

function checkStarted({ file, spawnError }: ChildResult, root: RootContext): void {
  if (spawnError === undefined) return;
  const why = spawnError === 'ENOENT' ? 'it was not found' : spawnError;
  throw new CouldNotRun('TEST_COMMAND_NOT_STARTED', `the test command ${file} could not be started: ${why}`, {
    where: root.ref(root.layout.manifest).name,
    remedy: `Install it, or correct wrapper.test; it is looked up on PATH and run in ${root.workspace}.`,
  });
}

/** What ended a run that did not end by itself. */
function stopOf({ timedOut, truncated, signal }: ChildResult, timeoutMs: number): string | undefined {
  if (timedOut) return `took longer than ${String(timeoutMs / 1000)} s`;
  if (truncated) return `printed more than ${String(MAX_OUTPUT / 1024 / 1024)} MiB`;
  return signal ?? undefined;
}

const endWords = (exitCode: number | null, stop: string | undefined): string => stop ?? `exit ${String(exitCode)}`;

function logText({ stdout, stderr }: ChildResult, command: readonly string[], end: string): string {
  return [`$ ${command.join(' ')}`, '[stdout]', stdout.trimEnd(), '[stderr]', stderr.trimEnd(), `[${end}]`, ''].join(
    '\n',
  );
}

/** Committed, so it names what is needed and not what this machine is. */
const needs = ({ os, arch }: Target): string => `needs ${os === 'any' ? 'any machine' : `a ${os} ${arch} machine`}`;

async function runHere(task: TestTask, target: Target): Promise<TargetTest> {
  const { root, version, command } = task;
  const entry = findEntry(task.lock, version, target.id);
  const { binaryPath: binary } = await acquireEntry(root, entry);
  const { mask } = root.bench;
  const shown = command.map(mask);
  root.bench.io.emit({ type: 'note', message: `${target.id}: ${shown.join(' ')}` });
  const child = await startTests(task, { binary, version, target: target.id });
  checkStarted(child, root);
  const stoppedBy = stopOf(child, task.timeoutMs);
  const exitCode = stoppedBy === undefined ? (child.exitCode ?? undefined) : undefined;
  const text = mask(logText(child, shown, endWords(child.exitCode, stoppedBy)));
  const logSha256 = sha256(text);
  const log = await keepLog(root, { version, target: target.id, sha256: logSha256, text });
  await writeReceipt(root, `verify-${version}-${target.id}`, {
    inputs: [{ name: 'lock-entry', sha256: digestOf(entry) }],
    ...(exitCode !== undefined && { exit_code: exitCode }),
    log,
    duration_ms: Math.round(child.durationMs),
  });
  const binarySha256 = entry.binary_sha256;
  const run = runOfCommand({ target: target.id, command: shown, exitCode, stoppedBy, binarySha256, logSha256 });
  return { run, log, tail: text.trimEnd().split('\n').slice(-SHOWN_LINES).join('\n') };
}

/**
 * Runs the wrapper's tests against one target's binary; skipped when this machine does not run it or the lock does not have it.
 * Errors: TEST_COMMAND_NOT_STARTED, INTERRUPTED, those of acquiring.
 */
export async function testTarget(task: TestTask, target: Target): Promise<TargetTest> {
  const isLocked = task.lock.artifacts.some(
    (entry) => entry.semantic_version === task.version && entry.target_triple === target.id,
  );
  if (!isLocked) {
    const reason = 'the lock has no artifact for it';
    return { run: skippedRun(target.id, reason), skippedBecause: reason };
  }
  const choice = chooseRunner(target);
  // Tests start the binary by its path, which an emulator would have to be put in front of; and what it passes says little.
  if (runsNatively(choice)) return runHere(task, target);
  const reason = choice.ok ? `only emulated here (${choice.runner.id})` : choice.reason;
  return { run: skippedRun(target.id, needs(target)), skippedBecause: reason };
}
