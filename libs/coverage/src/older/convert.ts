import type { CoverageEntry, CoverageReport, WrapperCoverage } from '@cliparity/model';
import type { CoverageReportV1, WrapperCoverageV1 } from './schema.js';

type Entry = WrapperCoverageV1['coverage'][number];
type Scope = Entry['scope'];

/** An empty scope meant "every target" to the writers of version 1 (and "none" to its readers); what was written counts. */
function scoped(scope: Scope): { scope?: CoverageEntry['scope'] & object } {
  const { platforms = [], target_triples = [] } = scope ?? {};
  if (platforms.length === 0 && target_triples.length === 0) return {};
  return { scope: { ...(scope as CoverageEntry['scope'] & object) } };
}

function judged({
  level,
  note,
  scope,
}: Pick<Entry, 'level' | 'note' | 'scope'>): Pick<CoverageEntry, 'level' | 'note'> {
  return { level: level as CoverageEntry['level'], ...(note !== undefined && { note }), ...scoped(scope) };
}

/**
 * An older root's statement as version 2; its levels must be those of the schema.
 * @param wrapper who makes the statement: version 1 does not say
 */
export function importWrapperCoverageV1(older: WrapperCoverageV1, wrapper: string): WrapperCoverage {
  return {
    schema_version: 2,
    wrapper,
    ...(older.wrapper_version !== undefined && { wrapper_version: older.wrapper_version }),
    coverage: older.coverage.map(({ path, flags, args, ...own }) => ({
      path,
      ...judged(own),
      ...(flags !== undefined && { flags: flags.map((flag) => ({ key: flag.key, ...judged(flag) })) }),
      ...(args !== undefined && { args: args.map((arg) => ({ name: arg.name, ...judged(arg) })) }),
    })),
  };
}

/** A statement as version 1, for `export --format parity-v2`. Who makes it and from what is lost. */
export function exportWrapperCoverageV1(statement: WrapperCoverage, generatedAt?: string): WrapperCoverageV1 {
  const { wrapper_version, coverage } = statement;
  return {
    schema_version: 1,
    ...(generatedAt !== undefined && { generated_at: generatedAt }),
    ...(wrapper_version !== undefined && { wrapper_version }),
    coverage,
  };
}

/** A report as version 1, for `export --format parity-v2`. Totals and digests are lost. */
export function exportReportV1(report: CoverageReport, rulesVersion = 1): CoverageReportV1 {
  const { generated_at, inputs, platform_filter, deltas } = report;
  return {
    schema_version: 1,
    generated_at,
    inputs: {
      upstream: inputs.upstream,
      wrapper: { ...inputs.wrapper, schema_version: 1 },
      rules: { rules_schema_version: rulesVersion },
    },
    platform_filter,
    deltas,
  };
}
