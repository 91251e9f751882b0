import { compareBytes, comparePaths } from '@cliparity/model';
import type { CoverageReport, CoverageTally, UnitKind } from '@cliparity/model';
import type { Judged, Verdict } from './judge.js';

type Deltas = CoverageReport['deltas'];
type Totals = CoverageReport['totals'];

const KINDS = ['command', 'flag', 'arg'] as const;
const RANK: Readonly<Record<UnitKind, number>> = { command: 0, flag: 1, arg: 2 };

/** By unit kind, path, then key or name. Within lists of one kind this is "by path, then key or name". */
function compareJudged(a: Judged, b: Judged): number {
  return RANK[a.unit] - RANK[b.unit] || comparePaths(a.path, b.path) || compareBytes(a.name, b.name);
}

function deltaOf({ unit, path, name, availableOn, level, note }: Judged): object {
  const delta: Record<string, unknown> = { path };
  if (unit !== 'command') delta[unit === 'flag' ? 'key' : 'name'] = name;
  delta['upstream_available_on'] = availableOn;
  if (level !== undefined) delta['wrapper_level'] = level;
  if (note !== undefined) delta['note'] = note;
  return delta;
}

/** What some units contribute to a report: counts, and their lines by `<verdict> <kind>`, each list in its order. */
export interface Share {
  readonly totals: Totals;
  readonly lists: ReadonlyMap<string, readonly object[]>;
}

/** How the lines of one verdict about one kind of unit are called in a share. */
export const listName = (verdict: Verdict, unit: UnitKind): string => `${verdict} ${unit}`;

const perKind = (verdict: Verdict): (readonly [keyof Deltas, readonly string[]])[] =>
  KINDS.map((kind) => [`${verdict}_${kind}s` as keyof Deltas, [listName(verdict, kind)]]);

/** The lists of a report in their order, each with the lists of the shares that it is made of. Only the first three stand when empty. */
export const REPORT_LISTS: readonly (readonly [list: keyof Deltas, parts: readonly string[]])[] = [
  ...perKind('missing'),
  ...perKind('excluded'),
  ['passthrough_candidates', [listName('passthrough', 'command')]],
  ['unsupported', KINDS.map((kind) => listName('unsupported', kind))],
  ['intentionally_unsupported', KINDS.map((kind) => listName('waived', kind))],
  ...perKind('wrapper_only'),
];
/** Whether a list of a report stands even when it is empty. */
export const standsEmpty = (list: keyof Deltas): boolean => list.startsWith('missing_');

/** What these units contribute. */
export function shareOf(judged: readonly Judged[]): Share {
  const lists = new Map<string, object[]>();
  for (const one of [...judged].sort(compareJudged)) {
    const name = listName(one.verdict, one.unit);
    const list = lists.get(name) ?? [];
    list.push(deltaOf(one));
    lists.set(name, list);
  }
  return { totals: totalsOf(judged), lists };
}

/**
 * The lists of a report out of its shares; the optional ones are absent when empty.
 * @param shares in the order of their units’ paths: no list may hold a path of one share between those of another
 */
export function deltasOfShares(shares: readonly Share[]): Deltas {
  const lists = REPORT_LISTS.map(
    ([list, parts]) => [list, parts.flatMap((part) => shares.flatMap(({ lists: of }) => of.get(part) ?? []))] as const,
  );
  return Object.fromEntries(
    lists.filter(([list, units]) => units.length > 0 || standsEmpty(list)),
  ) as unknown as Deltas;
}

/** The lists of a report, each in its order; the optional ones are absent when empty. The same for both versions of reports. */
export function deltasOf(judged: readonly Judged[]): Deltas {
  return deltasOfShares([shareOf(judged)]);
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
const emptyTally = (): CoverageTally => ({
  upstream: 0,
  covered: 0,
  passthrough: 0,
  waived: 0,
  excluded: 0,
  missing: 0,
});

/** Counts units: `upstream` is the sum of the others; an unsupported command is missing, a unit below an excluded command is excluded. */
export function tallyOf(judged: readonly Judged[]): CoverageTally {
  const tally = emptyTally();
  for (const { verdict } of judged) {
    const field = COUNTED[verdict];
    if (field === undefined) continue;
    tally.upstream += 1;
    tally[field] += 1;
  }
  return tally;
}

/** One tally per kind of unit. */
export function totalsOf(judged: readonly Judged[]): Totals {
  const of = (unit: UnitKind): CoverageTally => tallyOf(judged.filter((one) => one.unit === unit));
  return { commands: of('command'), flags: of('flag'), args: of('arg') };
}

const FIELDS = ['upstream', 'covered', 'passthrough', 'waived', 'excluded', 'missing'] as const;

const sums = new WeakMap<readonly Share[], Totals>();

/** The sum of what shares count; asked again about one list, it is not counted again. */
export function totalsOfShares(shares: readonly Share[]): Totals {
  const known = sums.get(shares);
  if (known !== undefined) return known;
  const totals = { commands: emptyTally(), flags: emptyTally(), args: emptyTally() };
  for (const share of shares)
    for (const kind of ['commands', 'flags', 'args'] as const)
      for (const field of FIELDS) totals[kind][field] += share.totals[kind][field];
  sums.set(shares, totals);
  return totals;
}
