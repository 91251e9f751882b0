import { compareBytes, compareVersions, serialize, type TargetId, type VersionStatus } from '@cliparity/model';
import type { RootPointers } from './plan/pointers.js';
import { SupportMatrixSchema, type MatrixRow } from './schema/support-matrix.js';

/** One version of a root as the matrix sees it, of either format. */
export interface MatrixVersion {
  readonly version: string;
  readonly status: VersionStatus;
  /** What the report of each seen target leaves open. */
  readonly seen: ReadonlyMap<TargetId, { readonly missing: number; readonly waived: number }>;
  readonly tests: ReadonlyMap<TargetId, 'passed' | 'failed' | 'skipped'>;
}
export interface MatrixInput {
  readonly cli: string;
  readonly expectedTargets: readonly TargetId[];
  readonly pointers: RootPointers;
  readonly versions: readonly MatrixVersion[];
}

/** Every (version, target) of every root, by root, target, and newest version first. */
export function matrixRows(roots: readonly MatrixInput[]): MatrixRow[] {
  return roots
    .flatMap(rowsOf)
    .sort(
      (a, b) => compareBytes(a.cli, b.cli) || compareBytes(a.target, b.target) || compareVersions(b.version, a.version),
    );
}

function rowsOf({ cli, expectedTargets, pointers, versions }: MatrixInput): MatrixRow[] {
  return versions.flatMap(({ version, status, seen, tests }) =>
    expectedTargets.map((target): MatrixRow => {
      const open = seen.get(target);
      return {
        cli,
        version,
        target,
        status,
        coverage: open === undefined ? 'unseen' : open.missing === 0 ? 'complete' : 'incomplete',
        ...(open !== undefined && { missing: open.missing, waived: open.waived }),
        tests: tests.get(target) ?? 'none',
        pointers: [
          ...(pointers.latestSupported.get(target) === version ? (['latest_supported'] as const) : []),
          ...(pointers.latestValidated.get(target) === version ? (['latest_validated'] as const) : []),
        ],
      };
    }),
  );
}

/** `support_matrix/current.json`, byte for byte. */
export function matrixText(rows: readonly MatrixRow[]): string {
  return serialize(SupportMatrixSchema, { schema_version: 2, rows });
}

const cell = (row: MatrixRow): string => {
  if (row.coverage === 'unseen') return 'not seen';
  const open = row.missing === 0 ? 'complete' : `${String(row.missing)} missing`;
  return (row.waived ?? 0) === 0 ? open : `${open}, ${String(row.waived)} waived`;
};

/** The same for people: one Markdown table per root. */
export function matrixMarkdown(rows: readonly MatrixRow[]): string {
  const head = '| version | target | status | coverage | tests | pointers |\n|---|---|---|---|---|---|\n';
  const tables = [...new Set(rows.map(({ cli }) => cli))].map((cli) => {
    const lines = rows
      .filter((row) => row.cli === cli)
      .map((row) => {
        const pointers = row.pointers.length === 0 ? '—' : row.pointers.join(', ').replaceAll('_', ' ');
        return `| ${row.version} | ${row.target} | ${row.status} | ${cell(row)} | ${row.tests} | ${pointers} |\n`;
      });
    return `## ${cli}\n\n${head}${lines.join('')}`;
  });
  return `# Support matrix\n\nGenerated from the roots; do not edit.\n\n${tables.join('\n')}`;
}
