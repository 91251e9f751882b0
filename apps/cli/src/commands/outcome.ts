import { EXIT, type Finding, type Result } from '@cliparity/model';
import { findingsResult, type StepOutcome } from '@cliparity/steps';
import type { Outcome } from '../command-spec.js';

/** A plain result. */
export const done = (result: Result): Outcome => ({ result, exitCode: EXIT.done });

/** A result with what is wrong: exit 1 when anything is. */
export const withFindings = (result: Result, findings: readonly Finding[]): Outcome => ({
  result,
  exitCode: findings.length === 0 ? EXIT.done : EXIT.findings,
});

/** What a derived step leaves: with `--check` its findings, else its own result. */
export function stepOutcome(subject: string, outcomes: readonly StepOutcome[], check: boolean): Outcome {
  const findings = outcomes.flatMap((outcome) => outcome.findings);
  if (check) return withFindings(findingsResult(subject, findings), findings);
  const [first, ...rest] = outcomes.map((outcome) => outcome.result);
  if (first === undefined) return done(findingsResult(subject, []));
  return done(rest.length === 0 ? first : combined([first, ...rest]));
}

/** Several results of one kind as one document. */
function combined(results: readonly Result[]): Result {
  const [first] = results as readonly [Result];
  return {
    kind: first.kind,
    schema_version: 1,
    data: { results: results.map((result) => result.data) },
    view: {
      headline: results.map((result) => result.view.headline).join('\n'),
      lines: results.flatMap((result) => result.view.lines ?? []),
      tables: results.flatMap((result) => result.view.tables ?? []),
    },
  };
}
