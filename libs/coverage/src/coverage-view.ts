import { pathText } from '@cliparity/model';
import type { Cell, CommandPath, TargetId, View } from '@cliparity/model';
import { judgeCoverage, type CoverageParts } from './build-reports.js';
import { tallyOf } from './deltas.js';
import type { Judged } from './judge.js';

const LISTED = 8;

/** Why a target that is expected was not seen, in words. */
export type WhyMissing = Readonly<Record<TargetId, string>>;

/**
 * Coverage for people: one row per top-level command (its subtree counted as units: commands, flags, args), one per target, and the first
 * missing units. Counts are those of the report over any target. Errors as `judgeCoverage`.
 */
export function coverageView(parts: CoverageParts, why: WhyMissing = {}): View {
  const judged = judgeCoverage(parts, { mode: 'any' });
  const { upstream, missing } = tallyOf(judged);
  const version = parts.union.inputs[0]?.binary.semantic_version ?? '';
  const open = judged.filter(({ verdict }) => verdict === 'missing' || verdict === 'unsupported');
  return {
    headline: `${parts.union.tool} ${version}: ${String(upstream - missing)} of ${String(upstream)} units handled, ${String(missing)} missing`,
    tone: missing === 0 ? 'good' : 'warn',
    ...(open.length > 0 && { lines: missingLines(open) }),
    tables: [commandTable(judged), targetTable(parts, why)],
    ...(open.length > 0 && {
      next: [
        'Handle the missing units, or state them in wrapper_coverage.json as intentionally_unsupported, with a note.',
      ],
    }),
  };
}

function nameOf({ unit, path, name }: Judged): string {
  return unit === 'command' ? `command ${pathText(path)}` : `${unit} ${[...path, name].join(' ')}`;
}

function missingLines(open: readonly Judged[]): string[] {
  const lines = open.slice(0, LISTED).map((one) => `missing: ${nameOf(one)}`);
  const rest = open.length - lines.length;
  return rest > 0 ? [...lines, `… and ${String(rest)} more`] : lines;
}

function commandTable(judged: readonly Judged[]): NonNullable<View['tables']>[number] {
  const groups = new Map<string, Judged[]>();
  for (const one of judged) {
    if (one.verdict === 'wrapper_only') continue;
    const name = topOf(one.path);
    groups.set(name, [...(groups.get(name) ?? []), one]);
  }
  const right = { align: 'right' as const };
  return {
    title: 'Units by command',
    columns: [
      { title: 'Command' },
      ...['Covered', 'Passthrough', 'Waived', 'Excluded', 'Missing'].map((title) => ({ title, ...right })),
    ],
    rows: [...groups].map(([name, units]) => {
      const { covered, passthrough, waived, excluded, missing } = tallyOf(units);
      const missed: Cell = { text: String(missing), tone: missing === 0 ? 'dim' : 'bad' };
      return [name, ...[covered, passthrough, waived, excluded].map(String), missed];
    }),
  };
}

const topOf = (path: CommandPath): string => pathText(path.slice(0, 1));

function targetTable({ union }: CoverageParts, why: WhyMissing): NonNullable<View['tables']>[number] {
  const seen = new Set(union.inputs.map((input) => input.target_triple));
  return {
    title: 'Targets',
    columns: [{ title: 'Target' }, { title: 'Seen' }],
    rows: union.expected_targets.map((target) => {
      if (seen.has(target)) return [target, { text: 'yes', tone: 'good' as const }];
      return [target, { text: `no: ${why[target] ?? 'no snapshot of it'}`, tone: 'warn' as const }];
    }),
  };
}
