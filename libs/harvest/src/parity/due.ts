import { compareVersions, finding, type Finding } from '@cliparity/model';
import type { Sidecar } from '../fixture/sidecar.js';

/** How long a recording may go without anybody looking at its upstream again. */
export const FRESH_DAYS = 365;

const DAY_MS = 86_400_000;

/** A sidecar and how its fixture is called for people. */
export interface DatedFixture {
  readonly file: string;
  readonly sidecar: Sidecar;
}
export interface DueContext {
  readonly asOf: Date;
  /** The newest version that is locked. */
  readonly newest: string;
}

function problemOf({ file, sidecar }: DatedFixture, { asOf, newest }: DueContext): Finding | undefined {
  const { provenance, cli, version, scenario, verify_by, first_captured_at } = sidecar;
  const command = (at: string): string => `cliparity harvest ${cli} ${at} --scenario ${scenario}`;
  if (provenance === 'synthetic' && compareVersions(version, newest) < 0) {
    return finding({
      code: 'FIXTURE_SYNTHETIC_DUE',
      file,
      message: `${file} was written by hand for ${version}, and ${newest} is out: look whether the upstream prints it.`,
      help: `Record it: ${command(newest)} --record all`,
    });
  }
  const until = verify_by === undefined ? Date.parse(first_captured_at) + FRESH_DAYS * DAY_MS : Date.parse(verify_by);
  if (asOf.getTime() <= until) return undefined;
  return finding({
    code: 'FIXTURE_DUE',
    file,
    severity: 'warning',
    message: `${file} was to be verified by ${new Date(until).toISOString().slice(0, 10)}.`,
    help: `Check it: ${command(version)} --check, then set verify_by in its sidecar anew.`,
  });
}

/** Recordings that somebody has to look at again. Depends on the date, so never cached. Pure. */
export function dueFindings(fixtures: readonly DatedFixture[], context: DueContext): readonly Finding[] {
  return fixtures.flatMap((one) => problemOf(one, context) ?? []);
}
