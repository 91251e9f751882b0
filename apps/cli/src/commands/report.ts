import { EXIT } from '@cliparity/model';
import { chainVersion, deriveOlder, ratchetReport, reportVersion, type StepOutcome } from '@cliparity/steps';
import type { Outcome, Run } from '../command-spec.js';
import type { Session } from '../session.js';
import { isSet, type Options } from './options.js';
import { stepOutcome, withFindings } from './outcome.js';

interface Counts {
  readonly missing?: number;
  readonly waived_missing?: number;
}

/** What is missing and not waived: only that is asked about. */
function openUnits({ result }: StepOutcome): number {
  const { missing = 0, waived_missing: waived = 0 } = result.data as Counts;
  return missing - waived;
}

async function ratcheted(
  { bench }: Session,
  request: { readonly cli: string; readonly version: string; readonly check: boolean },
  outcome: StepOutcome,
): Promise<Outcome> {
  const { result, findings } = await ratchetReport(bench, request, outcome);
  if (!request.check) return withFindings(result, findings);
  return stepOutcome(
    `reports of ${request.cli} ${request.version}`,
    [{ ...outcome, findings: [...outcome.findings, ...findings] }],
    true,
  );
}

const isOpen = (outcome: StepOutcome, options: Options): boolean =>
  isSet(options, 'exitCode') && openUnits(outcome) > 0;

export const run: Run = async (session, { args: [cli = '', version = ''], options }) => {
  const { bench } = session;
  const check = isSet(options, 'check');
  const request = { cli, version, check, force: isSet(options, 'force') };
  // An older root has neither a ratchet nor a chain: these say so.
  const isOfOurs = isSet(options, 'ratchet') || isSet(options, 'chain');
  const older = isOfOurs ? undefined : await deriveOlder(bench, 'report', request);
  const outcome = older ?? (await (isSet(options, 'chain') ? chainVersion : reportVersion)(bench, request));
  const rendered = isSet(options, 'ratchet')
    ? await ratcheted(session, request, outcome)
    : stepOutcome(`reports of ${cli} ${version}`, [outcome], check);
  return isOpen(outcome, options) ? { ...rendered, exitCode: EXIT.findings } : rendered;
};
