import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { validateRoot, type VersionRecords } from '@cliparity/rules';
import { bundleChild } from './bundle-child.js';
import {
  processor,
  type Bench,
  type BenchContext,
  type Comparison,
  type Measurement,
  type OpenBench,
} from './harness.js';
import { mustRun } from './run-program.js';
import { scratchFolder } from './scratch-folder.js';
import { treeFacts, writeVersionTree } from './version-tree.js';

const MANY = 1000;
const FEW = 100;

interface Tree {
  readonly folder: string;
  /** Absolute paths of the JSON files. */
  readonly files: readonly string[];
}

function treeAt(folder: string): Tree {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.json'));
  return { folder, files: files.map((entry) => join(entry.parentPath, entry.name)) };
}

/** Reads and parses every file, and looks at nothing. */
function readAndParse({ files }: Tree): void {
  for (const file of files) JSON.parse(readFileSync(file, 'utf8'));
}

async function mustBeClean({ folder }: Tree, records?: VersionRecords): Promise<void> {
  const { findings } = await validateRoot({ ...treeFacts(folder), records });
  if (findings.length > 0) throw new Error(`${findings.length} findings, the first: ${findings[0]?.message ?? ''}`);
}

/** Records as the command keeps them, by the times of the files, but in memory. */
function memoryRecords(folder: string): VersionRecords {
  const known = new Map<string, string>();
  const stampOf = (path: string): string => {
    const { ino, size, mtimeNs, ctimeNs } = lstatSync(join(folder, path), { bigint: true });
    return [ino, size, mtimeNs, ctimeNs].join(' ');
  };
  return { known, stampOf, note: (version, digest) => void known.set(version, digest) };
}

function* comparisons(many: Tree, fresh: Tree): Generator<Comparison> {
  const of = (tree: Tree) => ({ runs: 3, clock: processor, floor: () => readAndParse(tree) });
  yield {
    ...of(many),
    name: 'strict / read and parse',
    about: `${MANY} versions on 4 targets, each with one changed command, against reading and JSON.parse of the same ${many.files.length} files, processor time`,
    limit: 3,
    subject: () => mustBeClean(many),
  };
  const records = memoryRecords(many.folder);
  yield {
    ...of(many),
    name: 'strict again / read and parse',
    about: 'the same with the digests of the run before: nothing is read that did not change',
    limit: 1,
    subject: () => mustBeClean(many, records),
  };
  yield {
    ...of(fresh),
    name: 'strict, nothing alike / read and parse',
    about: `${FEW} versions in which every text of every command differs from the version before`,
    subject: () => mustBeClean(fresh),
  };
}

async function peakBytes(script: string, { folder }: Tree): Promise<number> {
  const { stdout } = await mustRun([process.execPath, script, folder], { cwd: folder });
  const said = JSON.parse(stdout) as { readonly findings: number; readonly peakBytes: number };
  if (said.findings > 0) throw new Error(`${said.findings} findings`);
  return said.peakBytes;
}

function memory(script: string, few: Tree, many: Tree): Measurement {
  return {
    name: 'peak memory, many / few',
    about: `the most that a process held while it validated ${MANY} versions, against ${FEW}`,
    unit: 'ratio',
    atMost: 1.75,
    measure: async () => (await peakBytes(script, many)) / (await peakBytes(script, few)),
  };
}

async function open({ workspace }: BenchContext): Promise<OpenBench> {
  const scratch = await scratchFolder(workspace);
  const made = (name: string, options: Parameters<typeof writeVersionTree>[2]): Tree => {
    const folder = join(scratch.path, name);
    writeVersionTree(workspace, folder, options);
    return treeAt(folder);
  };
  const many = made('many', { versions: MANY, novelty: 'one command' });
  const few = made('few', { versions: FEW, novelty: 'one command' });
  const fresh = made('fresh', { versions: FEW, novelty: 'everything' });
  const script = await bundleChild(workspace, 'validate-child', scratch.path);
  return {
    comparisons: comparisons(many, fresh),
    measurements: [memory(script, few, many)],
    close: scratch.remove,
  };
}

/** What judging a root costs on top of reading it. */
export const validateBench: Bench = { name: 'validate', open };
