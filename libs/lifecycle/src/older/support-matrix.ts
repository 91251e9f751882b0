import { compareBytes, serialize } from '@cliparity/model';
import { compareBuild, parse } from 'semver';
import { SupportMatrixV1Schema, type SupportRow } from './schema.js';

/** What the matrix asks of one report. */
export interface MatrixReport {
  readonly missing: boolean;
  readonly waived: boolean;
  readonly wrapperOnly: boolean;
}
/** One root as the matrix sees it. */
export interface MatrixRoot {
  readonly agent: string;
  /** Of `current.json`. */
  readonly expectedTargets: readonly string[];
  readonly currentVersion: string | undefined;
  readonly currentTargets: ReadonlySet<string>;
  /** The version a pointer names, by target. */
  readonly latestSupported: ReadonlyMap<string, string | undefined>;
  readonly latestValidated: ReadonlyMap<string, string | undefined>;
  readonly versions: readonly {
    readonly version: string;
    readonly status: string | undefined;
    readonly supportedTargets: readonly string[];
  }[];
  /** The report of the target, else that over any, else that over all when it is about the target. */
  readonly reportOf: (version: string, target: string) => MatrixReport | undefined;
}

const NOTES = {
  waived: 'backend report includes intentionally unsupported surface outside unified support',
  wrapperOnly: 'backend report includes backend-only surface outside unified support',
  omitted: 'current root snapshot omits this target',
} as const;

/** Every (version, target) of every root, by root, target, and newest version first. Source: reference/parity-formats.md section 6.1. */
export function supportRows(roots: readonly MatrixRoot[]): SupportRow[] {
  return roots.flatMap(rowsOf).sort(compareRows);
}

function rowsOf(root: MatrixRoot): SupportRow[] {
  return root.versions.flatMap(({ version, supportedTargets }) =>
    root.expectedTargets.map((target) => {
      const report = root.reportOf(version, target);
      const manifest = supportedTargets.includes(target) ? 'supported' : 'unsupported';
      const backend = backendSupport(report);
      const notes = evidenceNotes(root, version, target);
      return {
        agent: root.agent,
        version,
        target,
        manifest_support: manifest,
        backend_support: backend,
        uaa_support: unifiedSupport(manifest, backend, notes),
        pointer_promotion: pointerPromotion(root, version, target),
        evidence_notes: notes,
      };
    }),
  );
}

function backendSupport(report: MatrixReport | undefined): string {
  if (report === undefined || report.missing) return 'unsupported';
  return report.waived || report.wrapperOnly ? 'partial' : 'supported';
}

/** What the pointers say about a version on a target. */
export function pointerPromotion(root: MatrixRoot, version: string, target: string): string {
  const supported = root.latestSupported.get(target) === version;
  const validated = root.latestValidated.get(target) === version;
  if (supported) return validated ? 'latest_supported_and_validated' : 'latest_supported';
  return validated ? 'latest_validated' : 'none';
}

/** Why a row is not plainly supported, in the fixed words of the older format. */
export function evidenceNotes(root: MatrixRoot, version: string, target: string): string[] {
  const report = root.reportOf(version, target);
  const omitted = root.currentVersion === version && !root.currentTargets.has(target);
  return [
    ...(report?.waived === true ? [NOTES.waived] : []),
    ...(report?.wrapperOnly === true ? [NOTES.wrapperOnly] : []),
    ...(omitted ? [NOTES.omitted] : []),
  ];
}

function unifiedSupport(manifest: string, backend: string, notes: readonly string[]): string {
  if (manifest === 'unsupported' || backend === 'unsupported') return 'unsupported';
  return backend === 'supported' && notes.length === 0 ? 'supported' : 'partial';
}

function compareRows(a: SupportRow, b: SupportRow): number {
  return compareBytes(a.agent, b.agent) || compareBytes(a.target, b.target) || newestFirst(a.version, b.version);
}

function newestFirst(a: string, b: string): number {
  const [left, right] = [parse(a), parse(b)];
  return left === null || right === null ? compareBytes(b, a) : compareBuild(right, left);
}

/** `support_matrix/current.json`, byte for byte. */
export function supportMatrixText(rows: readonly SupportRow[]): string {
  return serialize(SupportMatrixV1Schema, { schema_version: 1, rows });
}

const COLUMNS = [
  'agent',
  'version',
  'target',
  'manifest_support',
  'backend_support',
  'uaa_support',
  'pointer_promotion',
] as const;

/** The same as one Markdown table per root, as the older format publishes it. */
export function supportMatrixMarkdown(rows: readonly SupportRow[]): string {
  const agents = [...new Set(rows.map(({ agent }) => agent))];
  const head = `| ${[...COLUMNS, 'evidence_notes'].join(' | ')} |\n${'|---'.repeat(COLUMNS.length + 1)}|\n`;
  const tables = agents.map((agent) => {
    const lines = rows
      .filter((row) => row.agent === agent)
      .map((row) => {
        const notes = row.evidence_notes ?? [];
        const cells = COLUMNS.map((column) => `\`${row[column]}\``);
        return `| ${[...cells, notes.length === 0 ? '—' : notes.join('; ')].join(' | ')} |\n`;
      });
    return `### \`${agent}\`\n\n${head}${lines.join('')}`;
  });
  return tables.join('\n');
}
