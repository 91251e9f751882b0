import fc from 'fast-check';
import { describe, expect, it } from '@jest/globals';
import {
  CliparityError,
  comparePaths,
  CoverageReportSchema,
  LEVELS,
  serialize,
  type CoverageEntry,
  type Union,
} from '@cliparity/model';
import { buildReports, filtersOf, judgeCoverage, reportName, type CoverageParts } from './build-reports.js';
import { claimsOf } from './claims.js';
import type { CoverageMemo } from './coverage-memo.js';
import { deltasOf, totalsOf } from './deltas.js';
import { judge } from './judge.js';
import { commandOf, LINUX, MAC, partsOf, unionOf, WINDOWS } from './parts.fixture.js';
import { reportTexts } from './report-texts.js';
import { viewOfUnion } from './upstream-view.js';

const on = fc.subarray([LINUX, MAC, WINDOWS], { minLength: 1 });
const name = fc.constantFrom('--all', '--json', '--x"y');
const command = (path: string[]) =>
  fc
    .record({
      on,
      flags: fc.uniqueArray(name, { maxLength: 3 }),
      args: fc.uniqueArray(fc.constantFrom('FILE', 'MODE'), { maxLength: 2 }),
    })
    .map((drawn) =>
      commandOf({
        path,
        on: drawn.on,
        flags: drawn.flags.sort().map((key) => [key] as const),
        args: drawn.args.map((arg) => [arg] as const),
      }),
    );
/** Two of each command: unions that follow each other take one or the other, as versions do. */
const choices = fc.tuple(...[[], ['a'], ['a', 'b'], ['c']].map((path) => fc.tuple(command(path), command(path))));
const level = fc.constantFrom(...LEVELS.filter((one) => one !== 'unknown'));
/** Most statements are about all targets, which is judged in a shorter way. */
const scope = fc.option(fc.constant<string[]>([LINUX, WINDOWS]), { nil: undefined, freq: 5 });
const entry = (path: string[]) =>
  fc
    .record({ level, flag: level, has: fc.boolean(), scope })
    .map(({ level: own, flag, has, scope: on }): CoverageEntry => ({
      path,
      level: own,
      note: 'why',
      ...(on !== undefined && { scope: { target_triples: on } }),
      ...(has && { flags: [{ key: '--json', level: flag, note: 'why' }] }),
    }));
const coverage = fc.tuple(...[[], ['a'], ['gone']].map((path) => fc.option(entry(path), { nil: undefined })));
const picks = fc.array(fc.tuple(...Array.from({ length: 4 }, () => fc.integer({ min: 0, max: 2 }))), {
  minLength: 2,
  maxLength: 5,
});

const digests = [{ name: 'union', sha256: 'a'.repeat(64) }];
const asked = (parts: CoverageParts) => ({ ...parts, digests, generatedAt: '2026-01-02T03:04:05Z' });
/** Every report with its verdicts asked one by one, under its own filter. */
function slowly(parts: CoverageParts): Map<string, string> {
  const view = viewOfUnion(parts.union, parts.systems);
  const claims = claimsOf(parts.coverage, view);
  const { requiredTarget, exclusions = [] } = parts;
  const judged = filtersOf(view).map(
    (filter) => [reportName(filter), judge({ view, filter, requiredTarget, exclusions, claims })] as const,
  );
  const heads = buildReports(asked({ ...parts, memo: undefined }));
  return new Map(
    judged.map(([named, units]) => {
      const file = `coverage.${named}.json`;
      const report = { ...heads.get(file), totals: totalsOf(units), deltas: deltasOf(units) };
      return [file, serialize(CoverageReportSchema, report)];
    }),
  );
}

/** What comes of it, an error of ours included. */
function outcome(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    if (error instanceof CliparityError) return `${error.code} ${error.message}`;
    throw error;
  }
}

describe('reportTexts', () => {
  it('gives the bytes of each report, whatever was judged before with the same memo', () => {
    fc.assert(
      fc.property(choices, coverage, picks, (commands, entries, versions) => {
        const statement = partsOf(
          unionOf([]),
          entries.filter((one) => one !== undefined),
        ).coverage;
        const memo: CoverageMemo = {};
        for (const picked of versions) {
          const list = commands.flatMap((pair, i) => pair[picked[i] ?? 2] ?? []);
          const union: Union = { ...unionOf([]), commands: list };
          const parts = { ...partsOf(union, []), coverage: statement, memo };
          expect(outcome(() => reportTexts(asked(parts)))).toEqual(outcome(() => slowly(parts)));
          const filter = { mode: 'exact_target', target: MAC } as const;
          const alone = { ...parts, memo: undefined };
          expect(outcome(() => judgeCoverage(parts, filter))).toEqual(outcome(() => judgeCoverage(alone, filter)));
        }
      }),
      { numRuns: 50 },
    );
  });
  it('gives the bytes of a union whose commands do not ascend', () => {
    const list = [['c'], [], ['a']].map((path) => commandOf({ path, flags: [['--json']] }));
    const parts = partsOf({ ...unionOf([]), commands: list }, []);
    const sorted = [...list].sort((a, b) => comparePaths(a.path, b.path));
    expect(reportTexts(asked(parts))).toEqual(slowly({ ...parts, union: { ...parts.union, commands: sorted } }));
  });
});
