import { existsSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import {
  matrixMarkdown,
  matrixRows,
  matrixText,
  supportMatrixMarkdown,
  supportMatrixText,
  supportRows,
} from '@cliparity/lifecycle';
import { matrixLayout, openRoot, withRootLock, writeAtomic } from '@cliparity/manifest-store';
import { CliparityError, finding, FindingError, type Cell, type Finding, type Result } from '@cliparity/model';
import { bytesOf, folderView, matrixAgents, matrixInput, MatrixReadProblem, matrixRoot } from '@cliparity/rules';
import { allRootsOf, type RootName } from '../base/roots-of.js';
import { findingsResult } from '../views/findings-view.js';
import type { Workbench } from '../base/workbench.js';

const REGISTRY = 'crates/xtask/data/agent_registry.toml';

/** Both forms of one matrix, and its rows as a table. */
interface Matrix {
  readonly format: 1 | 2;
  readonly files: readonly { readonly path: string; readonly text: string }[];
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (Cell | string)[])[];
}

const files = (json: string, markdown: string): Matrix['files'] => [
  { path: 'current.json', text: json },
  { path: 'current.md', text: markdown },
];

async function currentMatrix(bench: Workbench, roots: readonly RootName[]): Promise<Matrix> {
  const inputs = [];
  for (const { name } of roots) {
    const root = await openRoot(bench.workspace, bench.manifests, name);
    inputs.push(matrixInput(folderView(root.path), name, root.manifest.targets.expected));
  }
  const rows = matrixRows(inputs);
  return {
    format: 2,
    files: files(matrixText(rows), matrixMarkdown(rows)),
    columns: ['root', 'version', 'target', 'status', 'coverage', 'tests'],
    rows: rows.map((row) => [row.cli, row.version, row.target, row.status, row.coverage, row.tests]),
  };
}

/** The roots of an older workspace that take part: those its registry names, all when it has none. */
function agentsOf(bench: Workbench, roots: readonly RootName[]): readonly { agent: string; folder: string }[] {
  const registry = bytesOf(folderView(bench.workspace), REGISTRY);
  if (registry === undefined) return roots.map(({ name }) => ({ agent: name, folder: join(bench.manifests, name) }));
  return matrixAgents(new TextDecoder().decode(registry)).map(({ agent, root }) => ({
    agent,
    folder: join(bench.workspace, root),
  }));
}

async function olderMatrix(bench: Workbench, roots: readonly RootName[]): Promise<Matrix> {
  const read = [];
  for (const { agent, folder } of agentsOf(bench, roots)) {
    try {
      read.push(await matrixRoot(folderView(folder), agent));
    } catch (error) {
      if (!(error instanceof MatrixReadProblem)) throw error;
      throw new FindingError(
        'MATRIX_ROOT_UNREADABLE',
        `the root ${agent} cannot be a row of the matrix: ${error.message}`,
        {
          where: folder,
          remedy: `Look what is wrong with it: cliparity validate ${agent} --profile parity`,
          cause: error,
        },
      );
    }
  }
  const rows = supportRows(read);
  return {
    format: 1,
    files: files(supportMatrixText(rows), supportMatrixMarkdown(rows)),
    columns: ['agent', 'version', 'target', 'manifest', 'backend', 'unified', 'pointers'],
    rows: rows.map((row) => [
      row.agent,
      row.version,
      row.target,
      row.manifest_support,
      row.backend_support,
      row.uaa_support,
      row.pointer_promotion,
    ]),
  };
}

/** Where every root is an older one the matrix is the older format’s, byte for byte; one root of ours makes it version 2, over both kinds. */
async function matrixOf(bench: Workbench): Promise<Matrix> {
  const roots = await allRootsOf(bench);
  const areOlder = roots.every(({ kind }) => kind === 'older');
  return areOlder ? olderMatrix(bench, roots) : currentMatrix(bench, roots);
}

/** Files of a matrix that a folder does not hold as they should be. */
function staleFiles(bench: Workbench, folder: string, matrix: Matrix): readonly Finding[] {
  const view = folderView(folder);
  return matrix.files.flatMap(({ path, text }) => {
    const bytes = bytesOf(view, path);
    // The older format publishes its table inside a page of its own.
    if (matrix.format === 1 && path.endsWith('.md') && bytes === undefined) return [];
    if (bytes !== undefined && Buffer.compare(Buffer.from(text), bytes) === 0) return [];
    const file = relative(bench.workspace, join(folder, path)).replaceAll('\\', '/');
    const missing = bytes === undefined;
    return [
      finding({
        code: missing ? 'DERIVED_FILE_MISSING' : 'DERIVED_FILE_DIFFERS',
        message: missing ? `${file} is missing` : `${file} differs from what the roots give`,
        file,
        help: 'Write it again and commit it: cliparity matrix',
      }),
    ];
  });
}

export interface MatrixRequest {
  /** Absolute folder to write to; that of the workspace when absent. */
  readonly out?: string | undefined;
  /** Compare, write nothing. */
  readonly check?: boolean;
}

/**
 * `matrix`: one support matrix over all roots, as JSON and as Markdown.
 * Errors: MATRIX_ROOT_UNREADABLE, ROOTS_NONE; those of opening roots.
 */
export async function supportMatrix(
  bench: Workbench,
  { out = matrixLayout(bench.manifests).folder, check = false }: MatrixRequest = {},
): Promise<{ readonly result: Result; readonly findings: readonly Finding[] }> {
  const matrix = await matrixOf(bench);
  const stale = staleFiles(bench, out, matrix);
  if (check) return { result: findingsResult('support matrix', stale), findings: stale };
  const { folder } = matrixLayout(bench.manifests);
  const lockable = { name: basename(folder), path: folder, workspace: bench.workspace };
  await withRootLock(lockable, async () => {
    for (const { path, text } of matrix.files) await writeAtomic(join(out, path), text);
  });
  return { result: matrixResult(bench, out, matrix), findings: [] };
}

function matrixResult(bench: Workbench, out: string, { format, files: made, columns, rows }: Matrix): Result {
  const names = made.map(({ path }) => relative(bench.workspace, join(out, path)).replaceAll('\\', '/'));
  return {
    kind: 'matrix',
    schema_version: 1,
    data: { format, rows: rows.length, files: names },
    view: {
      headline: `support matrix: ${String(rows.length)} rows`,
      tone: 'good',
      lines: names.map((name) => `written: ${name}`),
      tables: [{ columns: columns.map((title) => ({ title })), rows }],
      // Only versions with metadata stand in it.
      ...(rows.length === 0 && { next: ['cliparity verify CLI VERSION'] }),
    },
  };
}

/** What `validate` over all roots says of a published matrix; a workspace need not publish one. */
export async function publishedMatrixFindings(bench: Workbench): Promise<readonly Finding[]> {
  const { folder } = matrixLayout(bench.manifests);
  if (!existsSync(folder)) return [];
  try {
    return staleFiles(bench, folder, await matrixOf(bench));
  } catch (error) {
    if (!(error instanceof CliparityError)) throw error;
    // A root that cannot be opened has findings of its own.
    if (error.code !== 'MATRIX_ROOT_UNREADABLE') return [];
    return [finding({ code: error.code, message: error.message, file: error.where, help: error.remedy })];
  }
}
