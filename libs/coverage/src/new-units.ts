import type { CoverageTally, TargetId, Union, Waivers } from '@cliparity/model';
import { judgeCoverage, type CoverageParts } from './build-reports.js';
import { unitKey, unitText } from './claims.js';
import { tallyOf } from './deltas.js';
import type { Judged } from './judge.js';
import { missingUnitFinding, waiversByPrint, type UnitWaiver } from './missing-units.js';

/** What the wrapper does with one new unit. `wrapped` is explicit or passed through. */
export type NewUnitAnswer = 'wrapped' | 'waived' | 'excluded' | 'missing';

export interface NewUnit {
  /** `flag:exec/--json` */
  readonly unit: string;
  readonly answer: NewUnitAnswer;
  readonly note?: string;
  readonly availableOn: readonly TargetId[];
}
/** Coverage of the units that are new since a baseline. Without a baseline nothing is new and nothing is old: that is an answer of its own. */
export type NewUnitCoverage =
  | { readonly kind: 'no_baseline' }
  | {
      readonly kind: 'compared';
      readonly baseline: string;
      readonly tally: CoverageTally;
      /** In the order of the upstream. */
      readonly units: readonly NewUnit[];
    };

const ANSWERS: Readonly<Record<Judged['verdict'], NewUnitAnswer | undefined>> = {
  covered: 'wrapped',
  passthrough: 'wrapped',
  waived: 'waived',
  excluded: 'excluded',
  skipped: 'excluded',
  missing: 'missing',
  unsupported: 'missing',
  wrapper_only: undefined,
};

function keysOf({ commands }: Union): ReadonlySet<string> {
  return new Set(
    commands.flatMap(({ path, flags = [], args = [] }) => [
      unitKey({ unit: 'command', path, name: '' }),
      ...flags.map(({ key }) => unitKey({ unit: 'flag', path, name: key })),
      ...args.map(({ name }) => unitKey({ unit: 'arg', path, name })),
    ]),
  );
}

/**
 * Coverage of the units that a baseline (the union of the last validated version) did not have on any target. Errors: those of
 * `judgeCoverage`.
 * @param waivers a missing unit that one of them names counts as waived
 */
export function newUnitCoverage(parts: CoverageParts, baseline: Union | undefined, waivers?: Waivers): NewUnitCoverage {
  if (baseline === undefined) return { kind: 'no_baseline' };
  const old = keysOf(baseline);
  const byPrint = waiversByPrint(waivers);
  const fresh = judgeCoverage(parts, { mode: 'any' })
    .filter((one) => !old.has(unitKey(one)))
    .map((one) => withWaiver(one, byPrint));
  return {
    kind: 'compared',
    baseline: baseline.inputs[0]?.binary.semantic_version ?? '',
    tally: tallyOf(fresh),
    units: fresh.flatMap((one) => {
      const answer = ANSWERS[one.verdict];
      return answer === undefined ? [] : [newUnit(one, answer)];
    }),
  };
}

function withWaiver(one: Judged, waivers: ReadonlyMap<string, UnitWaiver>): Judged {
  if (ANSWERS[one.verdict] !== 'missing') return one;
  const waiver = waivers.get(missingUnitFinding(unitText(one)).fingerprint);
  return waiver === undefined ? one : { ...one, verdict: 'waived', note: waiver.reason };
}

function newUnit(one: Judged, answer: NewUnitAnswer): NewUnit {
  return {
    unit: unitText(one),
    answer,
    ...(one.note !== undefined && { note: one.note }),
    availableOn: one.availableOn,
  };
}
