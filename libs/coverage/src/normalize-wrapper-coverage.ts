import { UsageError, compareBytes, comparePaths, didYouMean } from '@cliparity/model';
import type { CoverageEntry, WrapperCoverage } from '@cliparity/model';
import { checkWrapperCoverage, scopesOf } from './check-wrapper-coverage.js';
import { scopeTargets, type Judgement } from './claims.js';
import type { UpstreamView } from './upstream-view.js';

type Place = Pick<UpstreamView, 'expected' | 'systems'>;

/**
 * A wrapper's statement in its one committed form: platforms become the expected targets they stand for, empty lists go, entries stand by
 * path (flags by key, args by name), then by scope. Source: reference/parity-formats.md section 4.1, whose further criteria cannot matter here:
 * an empty scope and a second entry for one target are errors.
 * Errors: those of `checkWrapperCoverage`, COVERAGE_TARGET_UNKNOWN, COVERAGE_PLATFORM_UNKNOWN.
 */
export function normalizeWrapperCoverage(statement: WrapperCoverage, place: Place): WrapperCoverage {
  checkScopes(statement, place);
  checkWrapperCoverage(statement, place);
  const coverage = statement.coverage.map((entry) => normalizeEntry(entry, place));
  return {
    ...statement,
    coverage: coverage.sort((a, b) => comparePaths(a.path, b.path) || compareJudgements(a, b)),
  };
}

function normalizeEntry({ flags = [], args = [], ...entry }: CoverageEntry, place: Place): CoverageEntry {
  const units = {
    flags: flags
      .map((flag) => ({ ...flag, ...scoped(flag, place) }))
      .sort((a, b) => compareBytes(a.key, b.key) || compareJudgements(a, b)),
    args: args
      .map((arg) => ({ ...arg, ...scoped(arg, place) }))
      .sort((a, b) => compareBytes(a.name, b.name) || compareJudgements(a, b)),
  };
  return {
    ...entry,
    ...scoped(entry, place),
    ...(units.flags.length > 0 && { flags: units.flags }),
    ...(units.args.length > 0 && { args: units.args }),
  };
}

function scoped({ scope }: Judgement, place: Place): { scope?: { target_triples: string[] } } {
  return scope === undefined ? {} : { scope: { target_triples: scopeTargets(scope, place) } };
}

/** Entries of one unit never share a target, so their scopes tell them apart. */
function compareJudgements(a: Judgement, b: Judgement): number {
  const key = ({ scope }: Judgement): string => (scope?.target_triples ?? []).join(',');
  return compareBytes(key(a), key(b));
}

function checkScopes(statement: WrapperCoverage, { expected, systems }: Place): void {
  const known = new Set<string>(expected.map((target) => systems[target] ?? ''));
  for (const [pointer, { target_triples = [], platforms = [] }] of scopesOf(statement)) {
    const where = `wrapper_coverage.json#${pointer}`;
    for (const target of target_triples)
      if (!expected.includes(target)) {
        const words = `The target ${target} is not expected here.${didYouMean(target, expected)}`;
        throw new UsageError('COVERAGE_TARGET_UNKNOWN', words, { where, remedy: `Known: ${expected.join(', ')}.` });
      }
    for (const platform of platforms)
      if (!known.has(platform)) {
        const words = `No expected target runs on ${platform}.${didYouMean(platform, known)}`;
        throw new UsageError('COVERAGE_PLATFORM_UNKNOWN', words, { where, remedy: `Known: ${[...known].join(', ')}.` });
      }
  }
}
