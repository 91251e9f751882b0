import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lockedVersions } from '@cliparity/acquisition';
import { fixtureNames, parityMatrix, readFixture, type StoredFixture } from '@cliparity/harvest';
import { writeAtomic } from '@cliparity/manifest-store';
import { finding, UsageError, type Finding, type Result } from '@cliparity/model';
import { fixtureFolders } from './fixture-folders.js';
import { lockOf, openRootContext, type RootContext } from '../base/root-context.js';
import type { Workbench } from '../base/workbench.js';

/** A test file of any language that may read fixtures. */
export interface ConsumerTest {
  /** Relative to the workspace, with forward slashes. */
  readonly file: string;
  readonly text: string;
}

const SKIPPED = new Set(['node_modules', 'dist', 'target', '_build', 'deps', 'vendor', 'venv', '__pycache__']);
/** What test files are called in the languages whose people replay fixtures. */
const TEST = /^test_.*\.py$|[._-](?:test|spec)\.(?:[cm]?[jt]sx?|py|exs?|rs|go|rb)$/;
/** Where they are looked for unless said. */
const TESTS = 'integration';

async function testFiles(workspace: string, folder: string): Promise<readonly string[]> {
  const entries = await readdir(join(workspace, folder), { withFileTypes: true }).catch(() => []);
  const found = await Promise.all(
    entries.map(async (entry): Promise<readonly string[]> => {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        return SKIPPED.has(entry.name) || entry.name.startsWith('.') ? [] : testFiles(workspace, path);
      }
      return entry.isFile() && TEST.test(entry.name) ? [path] : [];
    }),
  );
  return found.flat();
}

/**
 * The test files that speak of recorded streams at all.
 * @param asked folder relative to the workspace; of the usual one nothing is said when it is not there
 * Error: TESTS_FOLDER_MISSING.
 */
export async function consumerTests(workspace: string, asked?: string): Promise<readonly ConsumerTest[]> {
  if (asked !== undefined && !existsSync(join(workspace, asked))) {
    throw new UsageError('TESTS_FOLDER_MISSING', `There is no folder ${asked} in the workspace.`, {
      where: '--tests',
      remedy: `Give it relative to ${workspace}, or leave it out: ${TESTS} is where they are looked for.`,
    });
  }
  const files = await testFiles(workspace, asked ?? TESTS);
  const read = await Promise.all(
    files.map(async (file) => ({ file, text: await readFile(join(workspace, file), 'utf8') })),
  );
  return read.filter(({ text }) => /recorded|fixtures?|replay/i.test(text));
}

async function fixturesOf(root: RootContext, version: string): Promise<readonly StoredFixture[]> {
  const { fixtures } = fixtureFolders(root, version);
  return Promise.all((await fixtureNames(fixtures)).map((name) => readFixture(fixtures, name)));
}

/** The parity matrix of one upstream: its streams by version, and who reads them in tests. */
async function checklistText(root: RootContext, tests: string | undefined): Promise<string> {
  const released = lockedVersions(await lockOf(root));
  const all = await Promise.all(released.map(async (version) => [version, await fixturesOf(root, version)] as const));
  const fixtures = new Map(all.filter(([, found]) => found.length > 0));
  // Streams of two upstreams may have one name: a test that reads one also names the upstream.
  const named = (await consumerTests(root.workspace, tests)).filter(({ text }) => text.includes(root.name));
  return parityMatrix({ cli: root.name, fixtures, released, tests: named });
}

/** Of which upstream, and where the table lies. */
export interface ChecklistRequest {
  readonly cli: string;
  /** Absolute. */
  readonly file: string;
  /** Folder of the tests, relative to the workspace; `integration` unless said. */
  readonly tests?: string | undefined;
  readonly check: boolean;
}

/** `harvest CLI --checklist FILE`: writes the parity matrix, or with `check` compares it. */
export async function harvestChecklist(
  bench: Workbench,
  asked: ChecklistRequest,
): Promise<{ readonly result: Result; readonly findings: readonly Finding[] }> {
  const root = await openRootContext(bench, asked.cli);
  const text = await checklistText(root, asked.tests);
  const { name } = root.ref(asked.file);
  const stored = await readFile(asked.file, 'utf8').catch(() => undefined);
  const same = stored === text;
  if (!asked.check && !same) await writeAtomic(asked.file, text);
  const findings =
    same || !asked.check
      ? []
      : [
          finding({
            code: 'CHECKLIST_STALE',
            file: name,
            message: `${name} is not what the recorded streams and the tests give.`,
            help: `Write it anew: cliparity harvest ${asked.cli} --checklist ${name}`,
          }),
        ];
  const state = same ? 'up to date' : asked.check ? 'stale' : 'written';
  return {
    result: {
      kind: 'harvested',
      schema_version: 1,
      data: { cli: asked.cli, checklist: name, state, findings },
      view: {
        headline: `${name}: ${state}`,
        tone: findings.length === 0 ? 'good' : 'bad',
        next: findings.flatMap(({ help }) => help ?? []),
      },
    },
    findings,
  };
}
