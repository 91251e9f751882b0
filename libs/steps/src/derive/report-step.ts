import {
  reportTexts,
  coverageView,
  filtersOf,
  judgeCoverage,
  missingUnitsOf,
  newUnitCoverage,
  reportName,
  tallyOf,
  viewOfUnion,
  type WhyMissing,
} from '@cliparity/coverage';
import {
  digestOf,
  sha256,
  type CoverageReport,
  type Exclusion,
  type OperatingSystem,
  type Result,
  type Union,
  type WrapperCoverage,
} from '@cliparity/model';
import type { FileRef, FileSet } from '@cliparity/plugin-api';
import { fileSetOfTexts, jsonOf } from '../base/file-set.js';
import type { Standing } from './report-standing.js';
import type { DerivedStep, InputDigest } from '../base/run-step.js';
import { newUnitLines } from '../views/new-units-view.js';

export interface ReportParams {
  readonly cli: string;
  readonly version: string;
  readonly union: FileRef;
  readonly wrapperCoverage: FileRef;
  readonly exclusions: readonly Exclusion[];
  readonly requiredTarget: string;
  readonly systems: Readonly<Record<string, OperatingSystem>>;
  /** File of a report by its name (`any`, `all` or a target). */
  readonly fileOf: (name: string) => FileRef;
  /** `any`, the seen targets and, of a complete union, `all`. */
  readonly names: readonly string[];
  /** Why an expected target was not seen. */
  readonly why: WhyMissing;
  /** What the result is compared with; the report files know nothing of it. */
  readonly standing: Standing;
}

function digests(
  { union, wrapperCoverage, ...params }: ReportParams,
  read: FileSet,
): readonly InputDigest[] | undefined {
  const [upstream, wrapper] = [read.get(union.name), read.get(wrapperCoverage.name)];
  if (upstream === undefined || wrapper === undefined) return undefined;
  const rules = { exclusions: params.exclusions, required: params.requiredTarget, systems: params.systems };
  return [
    { name: 'rules', sha256: digestOf(rules) },
    { name: 'union', sha256: sha256(upstream) },
    { name: 'wrapper_coverage', sha256: sha256(wrapper) },
  ];
}

function partsOf(params: ReportParams, read: FileSet) {
  return {
    union: jsonOf(read, params.union.name) as Union,
    coverage: jsonOf(read, params.wrapperCoverage.name) as WrapperCoverage,
    exclusions: params.exclusions,
    requiredTarget: params.requiredTarget,
    systems: params.systems,
  };
}

/** The names of the reports that a union has: `any`, its seen targets and, when it is complete, `all`. */
export function reportNames(union: Union, systems: ReportParams['systems']): readonly string[] {
  return filtersOf(viewOfUnion(union, systems)).map(reportName);
}

/** union + wrapper coverage → reports */
export const reportStep: DerivedStep<ReportParams> = {
  id: 'report',
  revision: 1,
  inputs: ({ union, wrapperCoverage }) => [union, wrapperCoverage],
  outputs: ({ names, fileOf }) => names.map(fileOf),
  expected: digests,
  recorded: ({ name }, bytes) => {
    try {
      return (jsonOf({ get: () => bytes, names: () => [name] }, name) as CoverageReport).inputs.digests;
    } catch {
      // A damaged report is a report that is not up to date.
      return undefined;
    }
  },
  present: (params, _outputs, read) => coverageResult(params, read),
  run: async (params, read) => {
    const parts = partsOf(params, read);
    const reports = reportTexts({
      ...parts,
      digests: [...(digests(params, read) ?? [])],
      generatedAt: parts.union.collected_at,
    });
    const texts = [...reports].map(([file, text]) => {
      const name = file.slice('coverage.'.length, -'.json'.length);
      return [params.fileOf(name).name, text] as const;
    });
    return { write: fileSetOfTexts(texts), result: coverageResult(params, read) };
  },
};

/** What the report command shows: coverage by command, by target, and where the report lies. */
export function coverageResult(params: ReportParams, read: FileSet): Result {
  const parts = partsOf(params, read);
  const view = coverageView(parts, params.why);
  const { upstream, missing } = tallyOf(judgeCoverage(parts, { mode: 'any' }));
  const { waivers, baseline } = params.standing;
  const units = missingUnitsOf(parts, waivers);
  const waived = units.filter(({ waiver }) => waiver !== undefined).length;
  const newUnits = newUnitCoverage(parts, baseline, waivers);
  return {
    kind: 'coverage',
    schema_version: 1,
    data: {
      cli: params.cli,
      version: params.version,
      upstream,
      missing,
      waived_missing: waived,
      missing_units: units,
      new_units: newUnits,
      targets: { seen: parts.union.inputs.map((input) => input.target_triple), missing: params.why },
      reports: params.names.map((name) => params.fileOf(name).name),
    },
    view: {
      ...view,
      lines: [
        `report: ${params.fileOf('any').name}`,
        ...newUnitLines(newUnits),
        ...(waived > 0 ? [`waived for a while: ${waived} of the missing units`] : []),
        ...(view.lines ?? []),
      ],
    },
  };
}
