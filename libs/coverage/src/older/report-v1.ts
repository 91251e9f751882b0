import { UsageError } from '@cliparity/model';
import type { Exclusion } from '@cliparity/model';
import type { OlderRules, UnionV2 } from '@cliparity/surface';
import { filtersOf } from '../build-reports.js';
import { claimsOf } from '../claims.js';
import { deltasOf } from '../deltas.js';
import { reportTargets, type Filter } from '../filter.js';
import { judge } from '../judge.js';
import type { UpstreamView } from '../upstream-view.js';
import type { CoverageReportV1, WrapperCoverageV1 } from './schema.js';

export interface ReportV1Parts {
  readonly union: UnionV2;
  readonly coverage: WrapperCoverageV1;
  readonly rules: OlderRules;
  readonly version: string;
  readonly generatedAt: string;
}

const NAMES = { any: 'coverage.any.json', all: 'coverage.all.json', per_target: 'coverage.<target_triple>.json' };

/**
 * Every report of the older format by file name, byte for byte once serialised with `CoverageReportV1Schema`.
 * Source: reference/parity-formats.md section 4. Errors: RULES_UNSUPPORTED, COVERAGE_LEVELS_DIFFER, COVERAGE_NOTE_MISSING,
 * COVERAGE_SCOPE_MISMATCH.
 */
export function reportV1(parts: ReportV1Parts): Map<string, CoverageReportV1> {
  const view = viewOf(parts);
  const names = parts.rules.report?.file_naming ?? NAMES;
  const nameOf = (filter: Filter): string =>
    filter.mode === 'exact_target' ? names.per_target.replace('<target_triple>', filter.target) : names[filter.mode];
  return new Map(filtersOf(view).map((filter) => [nameOf(filter), reportFor(parts, filter)]));
}

function viewOf({ union, rules, version }: ReportV1Parts): UpstreamView {
  return {
    version,
    expected: rules.union.expected_targets,
    seen: union.inputs.map((input) => input.target_triple),
    complete: union.complete,
    systems: rules.union.platform_mapping ?? {},
    commands: union.commands.map((command) => ({
      path: command.path,
      availableOn: command.available_on,
      flags: (command.flags ?? []).map((flag) => ({
        name: flag.key ?? flag.long ?? flag.short ?? '',
        availableOn: flag.available_on,
      })),
      args: (command.args ?? []).map((arg) => ({ name: arg.name, availableOn: arg.available_on })),
    })),
  };
}

function reportFor(parts: ReportV1Parts, filter: Filter): CoverageReportV1 {
  const { union, coverage, rules, generatedAt } = parts;
  const view = viewOf(parts);
  if (filter.mode === 'all') checkAll(view, union);
  const exclusions = (rules.parity_exclusions?.units ?? []) as readonly Exclusion[];
  const judged = judge({ view, filter, exclusions, claims: claimsOf(coverage, view) });
  const targets = filter.mode === 'all' ? union.expected_targets : reportTargets(filter, view);
  return {
    schema_version: 1,
    generated_at: generatedAt,
    inputs: {
      upstream: { semantic_version: view.version, mode: 'union', targets: [...targets] },
      wrapper: {
        schema_version: coverage.schema_version,
        ...(coverage.wrapper_version !== undefined && { wrapper_version: coverage.wrapper_version }),
      },
      rules: { rules_schema_version: rules.rules_schema_version ?? 1 },
    },
    platform_filter: { mode: filter.mode, ...(filter.mode === 'exact_target' && { target_triple: filter.target }) },
    deltas: deltasOf(judged),
  };
}

/** A complete union of fewer targets than the rules expect today cannot be reported over "all". */
function checkAll(view: UpstreamView, union: UnionV2): void {
  const beyond = view.expected.filter((target) => !union.expected_targets.includes(target));
  if (beyond.length === 0) return;
  throw new UsageError(
    'RULES_UNSUPPORTED',
    `RULES.json expects ${beyond.join(', ')}, which the union of ${view.version} does not know; there is no report over all targets.`,
    { where: 'RULES.json#/union/expected_targets', remedy: 'Make the union again, or use the rules of its time.' },
  );
}
