import type { Result } from '@cliparity/model';

/** What deriving one kind of file of one version again came to. */
export interface Rebuilt {
  readonly cli: string;
  /** Empty for what belongs to no version. */
  readonly version: string;
  readonly step: string;
  readonly status: string;
  /** Files that changed, by name. */
  readonly changed: readonly string[];
}

const counted = (count: number, what: string): string => `${String(count)} ${what}${count === 1 ? '' : 's'}`;

/** Which files were derived again, and which of them changed. */
export function rebuiltResult(rows: readonly Rebuilt[]): Result {
  const changed = rows.flatMap((row) => row.changed);
  const steps = rows.map(({ cli, version, step, status, changed: files }) => ({
    cli,
    version,
    step,
    status,
    changed: files,
  }));
  return {
    kind: 'rebuilt',
    schema_version: 1,
    data: { steps, changed },
    view: {
      headline:
        changed.length === 0
          ? `${counted(rows.length, 'step')} derived again, nothing changed`
          : `${counted(changed.length, 'file')} changed`,
      tone: changed.length === 0 ? 'good' : 'warn',
      lines: changed,
      tables: [
        {
          columns: [{ title: 'root' }, { title: 'version' }, { title: 'step' }, { title: 'status' }],
          rows: rows.map((row) => [row.cli, row.version, row.step, row.status]),
        },
      ],
    },
  };
}
