import { compareBytes, comparePaths } from '@cliparity/model';
import type { CoverageReport, CoverageTally, UnitKind } from '@cliparity/model';
import type { Judged, Verdict } from './judge.js';

type Deltas = CoverageReport['deltas'];

const KINDS = ['command', 'flag', 'arg'] as const;
const RANK: Readonly<Record<UnitKind, number>> = { command: 0, flag: 1, arg: 2 };

/** By unit kind, path, then key or name. Within lists of one kind this is "by path, then key or name". */
function compareJudged(a: Judged, b: Judged): number {
  return RANK[a.unit] - RANK[b.unit] || comparePaths(a.path, b.path) || compareBytes(a.name, b.name);
}

function deltaOf({ unit, path, name, availableOn, level, note }: Judged): object {
  return {
    path: [...path],
    ...(unit === 'flag' && { key: name }),
    ...(unit === 'arg' && { name }),
    upstream_available_on: [...availableOn],
    ...(level !== undefined && { wrapper_level: level }),
    ...(note !== undefined && { note }),
  };
}

/** The lists of a report, each in its order; the optional ones are absent when empty. The same for both versions of reports. */
export function deltasOf(judged: readonly Judged[]): Deltas {
  const sorted = [...judged].sort(compareJudged);
  const list = (verdict: Verdict, unit?: UnitKind): object[] =>
    sorted.filter((one) => one.verdict === verdict && (unit === undefined || one.unit === unit)).map(deltaOf);
  const perKind = (verdict: Verdict, prefix: string) =>
    KINDS.map((kind) => [`${prefix}_${kind}s`, list(verdict, kind)] as const);
  const optional = [
    ...perKind('excluded', 'excluded'),
    ['passthrough_candidates', list('passthrough', 'command')] as const,
    ['unsupported', list('unsupported')] as const,
    ['intentionally_unsupported', list('waived')] as const,
    ...perKind('wrapper_only', 'wrapper_only'),
  ].filter(([, units]) => units.length > 0);
  return Object.fromEntries([...perKind('missing', 'missing'), ...optional]) as unknown as Deltas;
}

const COUNTED: Readonly<Record<Verdict, Exclude<keyof CoverageTally, 'upstream'> | undefined>> = {
  covered: 'covered',
  passthrough: 'passthrough',
  waived: 'waived',
  excluded: 'excluded',
  skipped: 'excluded',
  missing: 'missing',
  unsupported: 'missing',
  wrapper_only: undefined,
};

/** Counts units: `upstream` is the sum of the others; an unsupported command is missing, a unit below an excluded command is excluded. */
export function tallyOf(judged: readonly Judged[]): CoverageTally {
  const tally = { upstream: 0, covered: 0, passthrough: 0, waived: 0, excluded: 0, missing: 0 };
  for (const { verdict } of judged) {
    const field = COUNTED[verdict];
    if (field === undefined) continue;
    tally.upstream += 1;
    tally[field] += 1;
  }
  return tally;
}

/** One tally per kind of unit. */
export function totalsOf(judged: readonly Judged[]): CoverageReport['totals'] {
  const of = (unit: UnitKind): CoverageTally => tallyOf(judged.filter((one) => one.unit === unit));
  return { commands: of('command'), flags: of('flag'), args: of('arg') };
}
