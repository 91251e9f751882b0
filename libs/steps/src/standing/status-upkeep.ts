import { newUnitCoverage, type NewUnitCoverage } from '@cliparity/coverage';
import { readJsonIfThere } from '@cliparity/manifest-store';
import { UnionSchema, WrapperCoverageSchema } from '@cliparity/model';
import { today } from '../base/day-of.js';
import { dueOfRoot } from '../validate/due-items.js';
import { standingOf } from '../derive/report-standing.js';
import { systemsOf } from '../derive/report-version.js';
import type { RootContext } from '../base/root-context.js';
import { findingsOfRoot } from '../validate/root-findings.js';
import { newUnitPhrase } from '../views/new-units-view.js';

/** What asks for somebody’s attention in a root. */
export interface Upkeep {
  /** Units of the newest version that the last validated one before it did not have; absent where it has no union or no wrapper coverage. */
  readonly new_units?: NewUnitCoverage;
  /** How many things are due today. */
  readonly due: number;
}

async function newUnitsOf(root: RootContext, version: string): Promise<NewUnitCoverage | undefined> {
  const [unionFile, wrapperFile] = [root.ref(root.layout.union(version)), root.ref(root.layout.wrapperCoverage)];
  const union = await readJsonIfThere(unionFile.path, UnionSchema, { name: unionFile.name });
  const coverage = await readJsonIfThere(wrapperFile.path, WrapperCoverageSchema, { name: wrapperFile.name });
  if (union === undefined || coverage === undefined) return undefined;
  const { waivers, baseline } = await standingOf(root, version);
  const { exclusions, targets } = root.manifest;
  const parts = { union, coverage, exclusions, requiredTarget: targets.required, systems: await systemsOf(root) };
  return newUnitCoverage(parts, baseline, waivers);
}

/** Looks at the newest version and at the day. Errors: those of reading the root’s files and of judging its coverage. */
export async function upkeepOf(root: RootContext, newest: string | undefined): Promise<Upkeep> {
  const { bench, name } = root;
  const due = await findingsOfRoot(bench, { name, kind: 'current' }, () => dueOfRoot(bench, name, today(bench.io)));
  const units = newest === undefined ? undefined : await newUnitsOf(root, newest);
  return { ...(units !== undefined && { new_units: units }), due: due.length };
}

/** The same as lines for people; nothing where nothing waits. */
export function upkeepLines(cli: string, { new_units: units, due }: Upkeep): readonly string[] {
  return [
    ...(units === undefined ? [] : [`${cli}: newest version: ${newUnitPhrase(units)}`]),
    ...(due === 0 ? [] : [`${cli}: ${String(due)} due, see cliparity due ${cli}`]),
  ];
}
