import { finding, type Finding, type Waivers } from '@cliparity/model';
import { judgeCoverage, type CoverageParts } from './build-reports.js';
import { unitText } from './claims.js';
import type { Judged } from './judge.js';

/** What a waiver says about a unit, as people read it. */
export interface UnitWaiver {
  readonly reason: string;
  readonly owner: string;
  /** YYYY-MM-DD */
  readonly until: string;
}
/** One upstream unit that the wrapper does not handle. */
export interface MissingUnit {
  /** `flag:exec/--json` */
  readonly unit: string;
  /** What a waiver of it names. */
  readonly fingerprint: string;
  readonly waiver?: UnitWaiver;
}

/** The finding that a missing unit would be: a report counts such units, a waiver names the fingerprint. The same in every version. */
export function missingUnitFinding(unit: string): Finding {
  const message = `the wrapper does not handle ${unit}`;
  const help = 'Handle it, or state in wrapper_coverage.json why not; for a while, waive it.';
  return finding({ code: 'UNIT_MISSING', severity: 'warning', message, unit, help });
}

const isMissing = ({ verdict }: Judged): boolean => verdict === 'missing' || verdict === 'unsupported';

/** Waivers by the fingerprint that they name. */
export function waiversByPrint(waivers: Waivers | undefined): ReadonlyMap<string, UnitWaiver> {
  const list = waivers?.waivers ?? [];
  return new Map(list.map(({ fingerprint, reason, owner, until }) => [fingerprint, { reason, owner, until }]));
}

/** The units of a version that are missing on any target, in the order of the upstream, with their waivers. Errors: those of `judgeCoverage`. */
export function missingUnitsOf(parts: CoverageParts, waivers?: Waivers): readonly MissingUnit[] {
  const byPrint = waiversByPrint(waivers);
  return judgeCoverage(parts, { mode: 'any' })
    .filter(isMissing)
    .map((one) => {
      const { unit = '', fingerprint } = missingUnitFinding(unitText(one));
      const waiver = byPrint.get(fingerprint);
      return { unit, fingerprint, ...(waiver !== undefined && { waiver }) };
    });
}
