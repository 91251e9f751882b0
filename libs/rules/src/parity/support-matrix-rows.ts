import type { MatrixRoot, SupportRow } from '@cliparity/lifecycle';
import type { ParityCode } from './parity-code.js';

/** One thing that is wrong with the matrix; empty words where it is about no row. */
export interface MatrixIssue {
  readonly code: ParityCode;
  readonly agent: string;
  readonly version: string;
  readonly target: string;
  readonly message: string;
}

const keyOf = ({ agent, version, target }: SupportRow): string => JSON.stringify([agent, version, target]);
const issue = (row: SupportRow, { code }: { readonly code: ParityCode }, message: string): MatrixIssue => ({
  code,
  agent: row.agent,
  version: row.version,
  target: row.target,
  message,
});

/** What published rows say otherwise than the roots do: rows that lack or are too many, then their cells, then their order. */
export function rowIssues(
  roots: readonly MatrixRoot[],
  rows: readonly SupportRow[],
  derived: readonly SupportRow[],
): readonly MatrixIssue[] {
  const expected = new Map(derived.map((row) => [keyOf(row), row]));
  const published = new Map<string, SupportRow[]>();
  for (const row of rows) published.set(keyOf(row), [...(published.get(keyOf(row)) ?? []), row]);
  const sets = setIssues(expected, published);
  const cells = rows.flatMap((row) => {
    const wanted = expected.get(keyOf(row));
    const root = roots.find(({ agent }) => agent === row.agent);
    return wanted === undefined || root === undefined ? [] : [...cellIssues(row, wanted), ...statusIssues(row, root)];
  });
  return [...sets, ...cells, ...(sets.length === 0 ? orderIssues(rows, derived) : [])];
}

function setIssues(
  expected: ReadonlyMap<string, SupportRow>,
  published: ReadonlyMap<string, readonly SupportRow[]>,
): MatrixIssue[] {
  const missing = [...expected].filter(([key]) => !published.has(key));
  const issues = missing.map(([, row]) =>
    issue(row, { code: 'SUPPORT_MATRIX_ROW_MISSING' }, 'the roots give a row that is not published'),
  );
  for (const [key, same] of published) {
    const [row] = same as readonly [SupportRow];
    if (same.length > 1)
      issues.push(
        issue(row, { code: 'SUPPORT_MATRIX_ROW_DUPLICATE' }, `the row is published ${String(same.length)} times`),
      );
    if (!expected.has(key))
      issues.push(issue(row, { code: 'SUPPORT_MATRIX_ROW_UNEXPECTED' }, 'the row follows from no root'));
  }
  return issues;
}

const CELLS = [
  { cell: 'manifest_support', code: 'SUPPORT_MATRIX_MANIFEST_SUPPORT_MISMATCH' },
  { cell: 'backend_support', code: 'SUPPORT_MATRIX_BACKEND_SUPPORT_MISMATCH' },
  { cell: 'uaa_support', code: 'SUPPORT_MATRIX_UAA_SUPPORT_MISMATCH' },
  { cell: 'pointer_promotion', code: 'SUPPORT_MATRIX_POINTER_PROMOTION_MISMATCH' },
  { cell: 'evidence_notes', code: 'SUPPORT_MATRIX_EVIDENCE_NOTES_MISMATCH' },
] as const;

function cellIssues(row: SupportRow, wanted: SupportRow): MatrixIssue[] {
  return CELLS.flatMap(({ cell, code }) => {
    const [said, derived] = [row, wanted].map((one) => JSON.stringify(one[cell] ?? []));
    return said === derived
      ? []
      : [issue(row, { code }, `${cell} is ${String(said)}, the roots give ${String(derived)}`)];
  });
}

/** A version that a validated pointer names must be validated. */
function statusIssues(row: SupportRow, root: MatrixRoot): MatrixIssue[] {
  const status = root.versions.find(({ version }) => version === row.version)?.status;
  const needs = ['latest_validated', 'latest_supported_and_validated'].includes(row.pointer_promotion);
  if (!needs || status === undefined || status === 'validated' || status === 'supported') return [];
  const message = `${row.pointer_promotion} needs a validated version, ${row.version} is ${status}`;
  return [issue(row, { code: 'SUPPORT_MATRIX_VERSION_STATUS_MISMATCH' }, message)];
}

function orderIssues(rows: readonly SupportRow[], derived: readonly SupportRow[]): MatrixIssue[] {
  const at = rows.findIndex((row, i) => keyOf(row) !== keyOf(derived[i] as SupportRow));
  if (at < 0) return [];
  const [row, wanted] = [rows[at] as SupportRow, derived[at] as SupportRow];
  const message = `row ${String(at)} belongs to ${wanted.agent} ${wanted.version} ${wanted.target}`;
  return [issue(row, { code: 'SUPPORT_MATRIX_ROW_ORDER_MISMATCH' }, message)];
}
