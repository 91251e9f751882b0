import type { CoverageReport, Exclusion, OperatingSystem, TargetId, Union, WrapperCoverage } from '@cliparity/model';
import type { CoverageMemo } from './coverage-memo.js';
import { deltasOfShares, totalsOfShares, type Share } from './deltas.js';
import { deskOf } from './desk.js';
import { reportTargets, type Filter } from './filter.js';
import type { Judged } from './judge.js';
import { placeOfUnion, type UpstreamView } from './upstream-view.js';

/** All that coverage is computed from. */
export interface CoverageParts {
  readonly union: Union;
  readonly coverage: WrapperCoverage;
  readonly exclusions?: readonly Exclusion[] | undefined;
  readonly requiredTarget: TargetId;
  /** The operating system of each expected target. */
  readonly systems: Readonly<Record<TargetId, OperatingSystem>>;
  /** Saves work where many unions share commands; nothing else depends on it. */
  readonly memo?: CoverageMemo | undefined;
}
export interface ReportParts extends CoverageParts {
  /** Digests of the files that were read. */
  readonly digests: CoverageReport['inputs']['digests'];
  /** RFC 3339 in UTC; derived from the inputs, never the clock. */
  readonly generatedAt: string;
}

/** The targets of a union that have a report of their own: a target called `any` or `all` has that mode's report instead. */
const ownReport = (target: TargetId): boolean => target !== 'any' && target !== 'all';

/** The filters a union has reports for: any, each seen target, and all when every expected target was seen. */
export function filtersOf(view: UpstreamView): Filter[] {
  return [
    { mode: 'any' },
    ...view.seen.filter(ownReport).map((target) => ({ mode: 'exact_target' as const, target })),
    ...(view.complete ? [{ mode: 'all' as const }] : []),
  ];
}

/** `any`, `all` or the target. */
export const reportName = (filter: Filter): string => (filter.mode === 'exact_target' ? filter.target : filter.mode);

/** Judges the units of a version under one filter. Errors: those of `checkWrapperCoverage`, COVERAGE_LEVELS_DIFFER, COVERAGE_SCOPE_MISMATCH. */
export function judgeCoverage(parts: CoverageParts, filter: Filter): Judged[] {
  return deskOf(parts).judged(parts.union, filter);
}

/**
 * Every report of a version, by file name (`coverage.any.json`, `coverage.<target>.json`, `coverage.all.json`).
 * Where the levels of a unit differ between targets, `any` and `all` state the required target's. Errors as `judgeCoverage`.
 */
export function buildReports(parts: ReportParts): Map<string, CoverageReport> {
  const finish = (head: ReportHead, shares: readonly Share[]): CoverageReport => ({
    ...head,
    deltas: deltasOfShares(shares),
  });
  return reportsOf(parts, finish);
}

/** A report without its lists. */
export type ReportHead = Omit<CoverageReport, 'deltas'>;

/** Makes something of every report of a version, by file name. Errors as `judgeCoverage`. */
export function reportsOf<T>(
  parts: ReportParts,
  finish: (head: ReportHead, shares: readonly Share[]) => T,
): Map<string, T> {
  const desk = deskOf(parts);
  const view = placeOfUnion(parts.union, parts.systems);
  return new Map(
    filtersOf(view).map((filter) => {
      const shares = desk.shares(parts.union, filter);
      return [`coverage.${reportName(filter)}.json`, finish(headOf(parts, { view, filter, shares }), shares)];
    }),
  );
}

interface ReportBench {
  readonly view: UpstreamView;
  readonly filter: Filter;
  readonly shares: readonly Share[];
}

function headOf(parts: ReportParts, { view, filter, shares }: ReportBench): ReportHead {
  const { coverage, digests, generatedAt } = parts;
  return {
    schema_version: 2,
    generated_at: generatedAt,
    inputs: {
      upstream: { semantic_version: view.version, mode: 'union', targets: [...reportTargets(filter, view)] },
      wrapper: {
        schema_version: coverage.schema_version,
        ...(coverage.wrapper_version !== undefined && { wrapper_version: coverage.wrapper_version }),
      },
      digests,
    },
    platform_filter: {
      mode: filter.mode,
      ...(filter.mode === 'exact_target' && { target_triple: filter.target }),
    },
    totals: totalsOfShares(shares),
  };
}
