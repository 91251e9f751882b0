import type { PromotionPlan } from '@cliparity/lifecycle';
import type { Result } from '@cliparity/model';

interface Promoted {
  readonly cli: string;
  readonly version: string;
  readonly plan: PromotionPlan;
  /** Files that were or would be written, relative to the workspace. */
  readonly files: readonly string[];
  readonly dryRun: boolean;
}

function headlineOf({ cli, version, files, dryRun }: Promoted): string {
  if (files.length === 0) return `${cli} ${version} is the latest validated version already`;
  return dryRun
    ? `${cli} ${version} would become the latest validated version`
    : `${cli} ${version} is the latest validated version`;
}

/** What `promote` shows: which pointers moved, which stay and why. */
export function promotedResult(promoted: Promoted): Result {
  const { cli, version, plan, files, dryRun } = promoted;
  return {
    kind: 'promoted',
    schema_version: 1,
    data: {
      cli,
      version,
      dry_run: dryRun,
      files,
      moves: plan.moves.map(({ path, from, to }) => ({ path, from: from ?? null, to })),
      stays: plan.stays,
    },
    view: {
      headline: headlineOf(promoted),
      tone: 'good',
      tables: [
        {
          title: 'pointers that move',
          columns: [{ title: 'pointer' }, { title: 'from' }, { title: 'to' }],
          rows: plan.moves.map(({ path, from, to }) => [path, from ?? 'none', to]),
        },
        {
          title: 'targets not validated by it',
          columns: [{ title: 'target' }, { title: 'why' }],
          rows: plan.stays.map(({ target, reason }) => [target, reason]),
        },
      ].filter(({ rows }) => rows.length > 0),
      ...(files.length > 0 && {
        next: dryRun ? [`cliparity promote ${cli} ${version}`] : [`cliparity validate ${cli}`, 'cliparity matrix'],
      }),
    },
  };
}
