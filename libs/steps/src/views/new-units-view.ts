import type { NewUnit, NewUnitCoverage } from '@cliparity/coverage';

const LISTED = 8;

const count = (units: readonly NewUnit[], answer: NewUnit['answer']): number =>
  units.filter((unit) => unit.answer === answer).length;

/** New-unit coverage in one phrase: `new since 0.92.0: 40 wrapped, 3 waived, 12 missing`. */
export function newUnitPhrase(coverage: NewUnitCoverage): string {
  if (coverage.kind === 'no_baseline') return 'no baseline';
  const { baseline, units } = coverage;
  const answers = (['wrapped', 'waived', 'excluded', 'missing'] as const)
    .map((answer) => [count(units, answer), answer] as const)
    .filter(([number, answer]) => number > 0 || answer === 'missing')
    .map(([number, answer]) => `${String(number)} ${answer}`);
  return units.length === 0 ? `nothing new since ${baseline}` : `new since ${baseline}: ${answers.join(', ')}`;
}

/** New-unit coverage as lines: the phrase, and the first units that are missing. */
export function newUnitLines(coverage: NewUnitCoverage): readonly string[] {
  if (coverage.kind === 'no_baseline') return ['new units: no baseline, no version before this one is validated'];
  const missing = coverage.units.filter(({ answer }) => answer === 'missing');
  const rest = missing.length - LISTED;
  return [
    newUnitPhrase(coverage),
    ...missing.slice(0, LISTED).map(({ unit }) => `new and missing: ${unit}`),
    ...(rest > 0 ? [`… and ${String(rest)} more new ones`] : []),
  ];
}
