import { existsSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CouldNotRun, finding, FindingError, sha256, UsageError, type Finding } from '@cliparity/model';
import { writeAtomic } from '@cliparity/manifest-store';
import { childEnv, LOOPBACK_DIRECT } from '@cliparity/runners';
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
  /** Folder of the schemas that a module may write below `integration/fixtures/schemas` of its working folder. */
  readonly schemas: string;
  /** Passed as `codex_path` only when given. */
  readonly codexPath?: string;
  /** What the lock pins of that program, compared when both are given, and the command that brings it. */
  readonly pinned?: { readonly sha256: string; readonly acquire: string };
  /** All modules of the checkout when empty; else these, in this order. */
  readonly names?: readonly string[];
  /** Compare with the fixtures, write nothing. */
  readonly check?: boolean;
  readonly python?: string;
  readonly timeoutMs?: number;
  readonly scratch: string;
  readonly signal: AbortSignal;
  /** How a file is called in findings; by its path unless said. */
  readonly file?: (path: string) => string;
}
export interface PythonReport {
  readonly recorded: readonly string[];
  readonly findings: readonly Finding[];
}

/** Where things of Python scenarios lie unless said, below the workspace. Source: the original harvester’s contract. */
export const PYTHON_PLACES = {
  fixtures: 'integration/fixtures/python',
  schemas: 'integration/fixtures/schemas',
  checklist: 'docs/python-parity-checklist.md',
} as const;

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
  if (unknown.length === 0) return names.length === 0 ? known : [...new Set(names)];
  throw new UsageError('PYTHON_MODULE_NOT_FOUND', `No module harvest_scenarios.* is called ${unknown.join(', ')}.`, {
    where: sdk,
    remedy: `Known are ${known.join(', ')}.`,
  });
}

/** The program must be the one that the lock pins: what another one prints is no recording of this version. */
async function checkBinary({ codexPath, pinned }: PythonRequest): Promise<void> {
  if (codexPath === undefined || pinned === undefined) return;
  const bytes = await readFile(codexPath).catch((cause: unknown) => {
    throw new UsageError('PYTHON_BINARY_NOT_PINNED', `${codexPath} is not the pinned binary: it cannot be read.`, {
      where: '--codex-path',
      remedy: `Acquire it: ${pinned.acquire}`,
      cause,
    });
  });
  const found = sha256(bytes);
  if (found === pinned.sha256) return;
  throw new UsageError('PYTHON_BINARY_NOT_PINNED', `${codexPath} is not the pinned binary: its SHA-256 is ${found}.`, {
    where: codexPath,
    remedy: `The lock pins ${pinned.sha256}. Acquire it: ${pinned.acquire}`,
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

/** What a module wrote: its stream, and schemas by file name. */
interface Written {
  readonly text: string;
  readonly schemas: ReadonlyMap<string, string>;
}

/** Only plain files with plain names are taken: a module cannot make us write elsewhere. */
async function schemasIn(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const names = entries
    .filter((entry) => entry.isFile() && /^\w[\w.-]*\.json$/.test(entry.name))
    .map(({ name }) => name);
  return new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const)),
  );
}

/** Runs one module in a process of its own. */
async function record(name: string, request: PythonRequest): Promise<Written> {
  const folders = await makeRunFolders(request.scratch);
  const output = join(folders.tmp, `${name}.jsonl`);
  const extra = request.codexPath === undefined ? {} : { codex_path: request.codexPath };
  const env = {
    ...childEnv(folders, 100),
    ...LOOPBACK_DIRECT,
    PYTHONDONTWRITEBYTECODE: '1',
    PATH: process.env['PATH'] ?? '',
  };
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
    const safe = await sanitiseByRules(sanitiseValues(text, maskerOf(secretsOf(env))).text);
    return { text: safe.text, schemas: await schemasIn(join(folders.cwd, PYTHON_PLACES.schemas)) };
  } finally {
    await rm(folders.root, { recursive: true, force: true });
  }
}

async function settle(name: string, written: Written, request: PythonRequest): Promise<Finding | undefined> {
  const files = [
    [join(request.output, `${name}.jsonl`), written.text] as const,
    ...[...written.schemas].map(([file, text]) => [join(request.schemas, file), text] as const),
  ];
  for (const [path, text] of files) {
    const found = await settleFile(name, { path, text }, request);
    if (found !== undefined) return found;
  }
  return undefined;
}

interface WrittenFile {
  readonly path: string;
  readonly text: string;
}

async function settleFile(
  name: string,
  { path, text }: WrittenFile,
  { check = false, file = (one) => one }: PythonRequest,
): Promise<Finding | undefined> {
  if (!check) return void (await writeAtomic(path, text));
  const stored = await readFile(path, 'utf8').catch(() => undefined);
  if (stored === text) return undefined;
  return finding({
    code: stored === undefined ? 'FIXTURE_MISSING' : 'FIXTURE_DIFFERS',
    file: file(path),
    message:
      stored === undefined ? `There is no fixture ${file(path)}.` : `${name} drifted: ${firstDifference(stored, text)}`,
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
