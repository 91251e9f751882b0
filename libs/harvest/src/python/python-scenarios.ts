import { existsSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CouldNotRun, finding, FindingError, sha256, UsageError, type Finding } from '@cliparity/model';
import { writeAtomic } from '@cliparity/manifest-store';
import { childEnv } from '@cliparity/runners';
import { failureFinding } from '../record/harvest-findings.js';
import { firstDifference } from '../record/difference.js';
import { startSession } from '../run/child-session.js';
import { isNoise } from '../run/raw-stream.js';
import { makeRunFolders } from '../run/run-folders.js';
import { maskerOf, sanitiseByRules, sanitiseValues, secretsOf } from '../text/sanitise.js';

/** Scenarios written in Python: modules `harvest_scenarios.<name>` of an SDK’s checkout, each with `record(output_path, **kwargs)`. */
export interface PythonRequest {
  /** Folder of the checkout, which is put first on Python’s path. */
  readonly sdk: string;
  /** Folder of the fixtures, `<name>.jsonl` each. */
  readonly output: string;
  /** Passed as `codex_path` only when given. */
  readonly codexPath?: string;
  /** Digest that the lock pins for that program; it is compared when both are given. */
  readonly pinnedSha256?: string;
  /** All modules of the checkout when empty; else these, in this order. */
  readonly names?: readonly string[];
  /** Compare with the fixtures, write nothing. */
  readonly check?: boolean;
  readonly python?: string;
  readonly timeoutMs?: number;
  readonly scratch: string;
  readonly signal: AbortSignal;
}
export interface PythonReport {
  readonly recorded: readonly string[];
  readonly findings: readonly Finding[];
}

/** Where fixtures of Python scenarios go unless said, below the workspace. Source: the original harvester’s contract. */
export const PYTHON_FIXTURES = 'integration/fixtures/python';

const BOOT = `
import importlib, json, sys
sdk, name, output, extra = sys.argv[1:5]
sys.path.insert(0, sdk)
importlib.import_module("harvest_scenarios." + name).record(output, **json.loads(extra))
`;

async function modulesOf(sdk: string): Promise<readonly string[]> {
  const entries = await readdir(join(sdk, 'harvest_scenarios')).catch(() => undefined);
  if (entries === undefined) {
    throw new UsageError('PYTHON_MODULE_NOT_FOUND', `${sdk} has no package harvest_scenarios.`, {
      where: sdk,
      remedy: 'Give the root of the SDK’s checkout with --python-sdk or CODEX_PYTHON_SDK_PATH.',
    });
  }
  const names = entries.flatMap((entry) => /^([A-Za-z]\w*)\.py$/.exec(entry)?.[1] ?? []);
  return names.sort((a, b) => (a < b ? -1 : 1));
}

async function chooseNames({ sdk, names = [] }: PythonRequest): Promise<readonly string[]> {
  if (!existsSync(sdk)) {
    throw new UsageError('PYTHON_SDK_MISSING', `There is no folder ${sdk}.`, {
      where: sdk,
      remedy: 'Give the root of the SDK’s checkout with --python-sdk or CODEX_PYTHON_SDK_PATH.',
    });
  }
  const known = await modulesOf(sdk);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length === 0) return names.length === 0 ? known : names;
  throw new UsageError('PYTHON_MODULE_NOT_FOUND', `No module harvest_scenarios.* is called ${unknown.join(', ')}.`, {
    where: sdk,
    remedy: `Known are ${known.join(', ')}.`,
  });
}

/** The program must be the one that the lock pins: what another one prints is no recording of this version. */
async function checkBinary({ codexPath, pinnedSha256 }: PythonRequest): Promise<void> {
  if (codexPath === undefined || pinnedSha256 === undefined) return;
  const found = sha256(await readFile(codexPath));
  if (found === pinnedSha256) return;
  throw new UsageError('PYTHON_BINARY_NOT_PINNED', `${codexPath} is not the pinned binary: its SHA-256 is ${found}.`, {
    where: codexPath,
    remedy: `The lock pins ${pinnedSha256}. Acquire it: cliparity acquire … --link DIR`,
  });
}

function checkLines(name: string, lines: readonly string[]): void {
  const at = lines.findIndex((line) => line !== '' && isNoise(line));
  if (at === -1) return;
  throw new FindingError('PYTHON_STREAM_INVALID', `Line ${String(at + 1)} of what ${name} wrote is no JSON object.`, {
    where: name,
    remedy: 'record(output_path) must write one JSON object per line.',
  });
}

/** Runs one module in a process of its own. */
async function record(name: string, request: PythonRequest): Promise<string> {
  const folders = await makeRunFolders(request.scratch);
  const output = join(folders.tmp, `${name}.jsonl`);
  const extra = request.codexPath === undefined ? {} : { codex_path: request.codexPath };
  const env = { ...childEnv(folders, 100), PYTHONDONTWRITEBYTECODE: '1', PATH: process.env['PATH'] ?? '' };
  try {
    const session = startSession({
      file: request.python ?? 'python3',
      argv: ['-c', BOOT, request.sdk, name, output, JSON.stringify(extra)],
      cwd: folders.cwd,
      env,
      timeoutMs: request.timeoutMs ?? 60_000,
      maxBytes: 64 * 1024 * 1024,
      signal: request.signal,
      onLine: () => undefined,
      keepStdin: false,
    });
    const end = await session.ended;
    if (end.code !== 0 || !existsSync(output)) {
      const last = end.stderr.trim().split('\n').at(-1) ?? '';
      throw new CouldNotRun('PYTHON_SCENARIO_FAILED', `${name} wrote no stream${last === '' ? '.' : `: ${last}`}`, {
        where: `harvest_scenarios.${name}`,
        remedy: 'Run the module by itself; its record(output_path, codex_path=…) must write the file.',
      });
    }
    const text = await readFile(output, 'utf8');
    checkLines(name, text.split('\n'));
    return (await sanitiseByRules(sanitiseValues(text, maskerOf(secretsOf(env))).text)).text;
  } finally {
    await rm(folders.root, { recursive: true, force: true });
  }
}

async function settle(name: string, text: string, request: PythonRequest): Promise<Finding | undefined> {
  const path = join(request.output, `${name}.jsonl`);
  if (request.check !== true) return void (await writeAtomic(path, text));
  const stored = await readFile(path, 'utf8').catch(() => undefined);
  if (stored === text) return undefined;
  return finding({
    code: stored === undefined ? 'FIXTURE_MISSING' : 'FIXTURE_DIFFERS',
    file: path,
    message:
      stored === undefined ? `There is no fixture ${path}.` : `${name} drifted: ${firstDifference(stored, text)}`,
    help: 'Record it again without --check, and look at what changed.',
  });
}

/**
 * Runs scenarios written in Python, each in its own process. A scenario that fails becomes a finding and does not stop the others.
 * Errors: PYTHON_SDK_MISSING, PYTHON_MODULE_NOT_FOUND, PYTHON_BINARY_NOT_PINNED.
 */
export async function harvestPython(request: PythonRequest): Promise<PythonReport> {
  const names = await chooseNames(request);
  await checkBinary(request);
  const recorded: string[] = [];
  const findings: Finding[] = [];
  for (const name of names) {
    try {
      const found = await settle(name, await record(name, request), request);
      if (found === undefined) recorded.push(name);
      else findings.push(found);
    } catch (error) {
      if (request.signal.aborted) throw error;
      findings.push(failureFinding(name, error));
    }
  }
  return { recorded, findings };
}
