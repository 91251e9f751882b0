import { SupportMatrixV1Schema, supportRows, type MatrixRoot, type SupportRow } from '@cliparity/lifecycle';
import { bytesOf, subView, type RootView } from '../engine/root-view.js';
import { checkerOf } from './checker.js';
import { MatrixReadProblem, matrixRoot } from './matrix-root.js';
import { parseJson } from './parity-context.js';
import { rowIssues, type MatrixIssue } from './support-matrix-rows.js';
import { compareViolations, type ParityViolation } from './violation.js';

/** A root that takes part in the matrix: the name it has there, and its folder relative to the workspace. */
export interface MatrixAgent {
  readonly agent: string;
  readonly root: string;
}

const PATH = 'cli_manifests/support_matrix/current.json';
const AT = { path: PATH, unit: 'support_matrix' } as const;

/**
 * The matrix that a workspace publishes against its roots. The older format's validator asks this only in a workspace with a Cargo workspace.
 * Source: reference/parity-formats.md section 6, check 7.
 * @param workspace the files of the workspace
 */
export async function validateSupportMatrix(
  workspace: RootView,
  agents: readonly MatrixAgent[],
): Promise<readonly ParityViolation[]> {
  const artifact = await readArtifact(workspace);
  if (!Array.isArray(artifact)) return [artifact as ParityViolation];
  const rows = artifact as readonly SupportRow[];
  const issues = [...(await issuesOf(workspace, agents, rows))];
  return issues.map((issue) => violationOf(issue, rows)).sort(compareViolations);
}

async function readArtifact(workspace: RootView): Promise<readonly SupportRow[] | ParityViolation> {
  const state = workspace.read(PATH);
  const field = 'current.json';
  const absent = state.kind === 'absent' || (state.kind === 'unreadable' && !state.present);
  if (absent)
    return { ...AT, code: 'SUPPORT_MATRIX_ARTIFACT_MISSING', message: 'no support matrix is published', field };
  const bytes = bytesOf(workspace, PATH);
  const parsed = bytes === undefined ? undefined : parseJson(bytes);
  const problems = parsed === undefined ? [] : (await checkerOf(SupportMatrixV1Schema))(parsed.value);
  if (parsed === undefined || problems.length > 0)
    return { ...AT, code: 'SUPPORT_MATRIX_INVALID_JSON', message: 'the support matrix cannot be understood', field };
  const { schema_version: version, rows } = parsed.value as { schema_version: number; rows: SupportRow[] };
  if (version === 1) return rows;
  return {
    ...AT,
    code: 'SUPPORT_MATRIX_SCHEMA_INVALID',
    json_pointer: '/schema_version',
    message: `version ${String(version)} is unknown; only 1 is known`,
    field: 'schema_version',
  };
}

async function issuesOf(
  workspace: RootView,
  agents: readonly MatrixAgent[],
  rows: readonly SupportRow[],
): Promise<readonly MatrixIssue[]> {
  const roots: MatrixRoot[] = [];
  const issues: MatrixIssue[] = [];
  for (const { agent, root } of agents) {
    try {
      roots.push(await matrixRoot(subView(workspace, root), agent));
    } catch (error) {
      if (!(error instanceof MatrixReadProblem)) throw error;
      const message = `${root}: ${error.message}`;
      issues.push({ code: 'SUPPORT_MATRIX_ROOT_READ_ERROR', agent, version: '', target: '', message });
    }
  }
  const known = new Set(agents.map(({ agent }) => agent));
  for (const agent of new Set(rows.map((row) => row.agent)))
    if (!known.has(agent)) {
      const message = `there is no root "${agent}"`;
      issues.push({ code: 'SUPPORT_MATRIX_UNKNOWN_AGENT', agent, version: '', target: '', message });
    }
  return [...issues, ...rowIssues(roots, rows, supportRows(roots))];
}

function violationOf(
  { code, agent, version, target, message }: MatrixIssue,
  rows: readonly SupportRow[],
): ParityViolation {
  const at = rows.findIndex((row) => row.agent === agent && row.version === version && row.target === target);
  return {
    ...AT,
    code,
    json_pointer: at < 0 ? '/rows' : `/rows/${String(at)}`,
    message,
    field: 'rows',
    ...(agent !== '' && { key_or_name: agent }),
    ...(target !== '' && { target_triple: target }),
    details: at < 0 ? { agent, version, target } : version,
  };
}
