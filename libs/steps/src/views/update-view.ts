import type { LockEntry, Result, Semver, Table, TargetId, View } from '@cliparity/model';
import type { UnitChanges } from '../update/update-changes.js';
import type { UpdatePlan, UpdateRequest } from '../update/update-plan.js';
import { megabytes } from './lock-view.js';

/** One version that was taken up. */
export interface Updated {
  readonly cli: string;
  readonly version: Semver;
  readonly reason: string;
  readonly before: Semver | undefined;
  /** Undefined when there was no version before. */
  readonly changes: UnitChanges | undefined;
  readonly pins: readonly LockEntry[];
  readonly missingTargets: readonly TargetId[];
  readonly missingUnits: number;
  readonly branch?: string;
  readonly commit?: string;
}

/** A forge cuts a pull request's text at 65,536 characters; the files say the rest. */
const SHOWN_ROWS = 100;

function unitTable(title: string, rows: readonly (readonly string[])[]): readonly Table[] {
  if (rows.length === 0) return [];
  const shown = rows.slice(0, SHOWN_ROWS);
  const rest = rows.length - shown.length;
  const columns = (rows[0]?.length ?? 1) > 1 ? [{ title: 'unit' }, { title: 'differs in' }] : [{ title: 'unit' }];
  return [
    {
      title: `${title} (${rows.length})`,
      columns,
      rows: rest === 0 ? shown : [...shown, [`and ${rest} more`, ...(columns.length > 1 ? [''] : [])]],
    },
  ];
}

function changeTables(changes: UnitChanges | undefined): readonly Table[] {
  if (changes === undefined) return [];
  return [
    ...unitTable(
      'Gone',
      changes.gone.map((unit) => [unit]),
    ),
    ...unitTable(
      'New',
      changes.added.map((unit) => [unit]),
    ),
    ...unitTable(
      'Changed',
      changes.changed.map(({ unit, fields }) => [unit, fields.join(', ')]),
    ),
  ];
}

const pinTable = (pins: readonly LockEntry[]): Table => ({
  title: 'Pinned',
  columns: [{ title: 'target' }, { title: 'locator' }, { title: 'size', align: 'right' }, { title: 'sha256' }],
  rows: pins.map((pin) => [pin.target_triple, pin.locator, megabytes(pin.size_bytes), pin.sha256.slice(0, 16)]),
});

const changeWords = ({ before, changes }: Updated): string =>
  before === undefined || changes === undefined
    ? 'nothing older to compare with'
    : `${changes.added.length} new, ${changes.gone.length} gone, ${changes.changed.length} changed units since ${before}`;

const NOT_DONE =
  'Not done by this: the wrapper’s tests were not run, no pointer was moved, min_supported.txt is untouched.';

function linesOf({ reason, missingUnits, missingTargets }: Updated): readonly string[] {
  const unseen = `Not seen yet: ${missingTargets.join(', ')}. A machine that runs them must capture them.`;
  return [
    `Version: ${reason}. The wrapper misses ${missingUnits} units of it.`,
    ...(missingTargets.length > 0 ? [unseen] : []),
    NOT_DONE,
  ];
}

/** The text of the commit: what it holds, from where, and what nobody has done yet. */
export function commitMessage(updated: Updated): string {
  const { cli, version } = updated;
  const body = [`${changeWords(updated)}.`, ...linesOf(updated), 'Made by cliparity update; nobody has read it yet.'];
  return `${cli} ${version}: pins, snapshots and reports\n\n${body.join('\n')}\n`;
}

const resultOf = (data: object, view: View): Result => ({ kind: 'updated', schema_version: 1, data, view });

/** What changed. The Markdown reporter makes the text of a pull request of it. */
export function updatedResult(updated: Updated): Result {
  const { cli, version, before = null, changes, missingTargets, missingUnits, branch, commit, pins } = updated;
  const where = branch === undefined ? 'left in the work tree' : `on the branch ${branch}`;
  return resultOf(
    {
      status: 'updated',
      cli,
      version,
      compared_with: before,
      ...(changes !== undefined && changes),
      missing_units: missingUnits,
      missing_targets: missingTargets,
      ...(branch !== undefined && { branch, commit }),
    },
    {
      headline: `${cli} ${version}: ${changeWords(updated)}, ${where}`,
      tone: missingTargets.length > 0 || (changes?.gone.length ?? 0) > 0 ? 'warn' : 'good',
      lines: linesOf(updated),
      tables: [...changeTables(changes), pinTable(pins)],
      next: [`cliparity report ${cli} ${version}`, `cliparity verify ${cli} ${version}`],
    },
  );
}

/** Nothing was to be done: exit 0. */
export const idleResult = (cli: string, reason: string): Result =>
  resultOf({ status: 'nothing', cli, reason }, { headline: `${cli}: nothing to do, ${reason}`, tone: 'good' });

/** What would be done. */
export function plannedResult(cli: string, plan: UpdatePlan, request: UpdateRequest): Result {
  const { version = '', before = null, reason, locked, branch } = plan;
  const steps = [
    ...(locked ? [] : ['lock']),
    ...(request.snapshots === undefined ? [] : ['import']),
    ...['acquire', 'capture', 'snapshot', 'union', 'report', 'validate'],
    ...(request.branch === true ? ['branch', 'commit'] : []),
  ];
  return resultOf(
    {
      status: 'planned',
      cli,
      version,
      reason,
      compared_with: before,
      steps,
      ...(request.branch === true && { branch }),
    },
    {
      headline: `${cli} ${version} would be taken up (${reason}); nothing was done`,
      lines: [`steps: ${steps.join(', ')}`, `compared with ${before ?? 'nothing: it is the first'}`],
      next: [`cliparity update ${cli} ${version}`],
    },
  );
}
