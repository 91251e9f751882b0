import { dirname } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { digestOf, FindingError, sha256, UsageError } from '@cliparity/model';
import type { Plan, Scenario } from '@cliparity/plugin-api';
import { checkPlan, scenarioName, streamNames } from '../plan/check-plan.js';
import type { Fixture } from '../fixture/fixture-files.js';
import type { Sidecar } from '../fixture/sidecar.js';
import { runScenario } from '../run/run-scenario.js';
import { otherUser, variationOf } from '../run/variation.js';
import { firstDifference } from './difference.js';
import { finishRun, type CleanRun, type CleanStream } from '../text/finish-run.js';
import { maskUse, type MaskUse } from './mask-use.js';
import { NORMALISER_VERSION } from '../text/masks.js';
import { SANITISER_VERSION } from '../text/sanitise.js';

/** The upstream that is recorded. */
export interface Upstream {
  readonly cli: string;
  readonly tool: string;
  readonly version: string;
  readonly target: string;
  /** Absolute path of the executable. */
  readonly binary: string;
  readonly binarySha256: string;
}
export interface RecordOptions {
  /** How many runs must agree; 2 unless said. */
  readonly runs?: number;
  readonly scratch: string;
  readonly signal: AbortSignal;
  readonly now: () => Date;
}

/** A scenario ready to run. */
export interface PlannedScenario {
  readonly name: string;
  readonly revision: number;
  readonly racy: readonly string[];
  readonly judge: Scenario['judge'];
  readonly plan: Plan;
  readonly streams: readonly string[];
}

/** What a scenario gave. */
export interface Recorded {
  readonly fixtures: readonly Fixture[];
  /** Masks of the scenario itself, with what each did. */
  readonly masks: readonly MaskUse[];
}

/** Asks a scenario for its plan and checks it. What the scenario throws is reported as its own. Errors: SCENARIO_THREW and those of `checkPlan`. */
export function planScenario(scenario: Scenario, at: Pick<Upstream, 'cli' | 'version' | 'target'>): PlannedScenario {
  const name = scenarioName(scenario);
  const { cli, version, target } = at;
  let plan: Plan;
  try {
    plan = scenario.plan({ cli, version, target });
  } catch (cause) {
    throw new FindingError('SCENARIO_THREW', `Scenario ${name} threw: ${(cause as Error).message}`, {
      where: name,
      remedy: 'Mend the scenario’s plan.',
      cause,
    });
  }
  checkPlan(name, plan);
  const { revision, racy = [], judge } = scenario;
  return { name, revision, racy, judge: judge?.bind(scenario), plan, streams: streamNames(name, plan) };
}

/** Where masks hide times, which may be whole seconds, the next run starts in another one. */
async function nextSecond({ masks = [] }: Plan, now: () => Date): Promise<void> {
  if (masks.some(({ follows }) => follows === 'clock')) await setTimeout(1000 - (now().getTime() % 1000));
}

/** Errors: RUNS_NONE. */
export function checkRuns(runs: number): void {
  if (runs > 0) return;
  throw new UsageError('RUNS_NONE', 'A recording needs at least one run.', {
    where: '--runs',
    remedy: 'Give 2, or leave it out: two runs that agree show that the stream can be compared at all.',
  });
}

function compareRuns([first, ...others]: readonly CleanRun[]): CleanRun {
  if (first === undefined) throw new Error('unreachable: runs were checked');
  for (const other of others) {
    for (const [at, stream] of first.streams.entries()) {
      const again = other.streams[at];
      const same = again?.text === stream.text && again.exit.code === stream.exit.code;
      if (same) continue;
      throw new FindingError(
        'RUNS_DIFFER',
        `Two runs of ${stream.name} differ: ${firstDifference(stream.text, again?.text ?? '')}`,
        {
          where: stream.name,
          remedy:
            'Mask what differs from run to run, or name the stream in the scenario’s `racy` when its order is a race.',
        },
      );
    }
  }
  return first;
}

function judgeRun({ name, judge }: PlannedScenario, { streams }: CleanRun): void {
  const lines = (text: string): readonly string[] => text.split('\n').filter((line) => line !== '');
  const found = judge?.(streams.map((stream) => ({ name: stream.name, lines: lines(stream.text) }))) ?? [];
  const first = found.find(({ severity }) => severity === 'error');
  if (first === undefined) return;
  throw new FindingError('SCENARIO_JUDGED', `${first.message}`, {
    where: name,
    remedy: 'What must hold in this scenario does not; compare the script with what this version does.',
  });
}

const captureTime = (now: () => Date): string => `${now().toISOString().slice(0, 19)}Z`;

function sidecarOf(
  { name, revision, plan }: PlannedScenario,
  stream: CleanStream,
  context: { readonly upstream: Upstream; readonly fired: CleanRun['fired']; readonly now: () => Date },
): Sidecar {
  const { upstream, fired, now } = context;
  return {
    schema_version: 1,
    stream: stream.name,
    scenario: name,
    provenance: 'live',
    cli: upstream.cli,
    tool: upstream.tool,
    version: upstream.version,
    target: upstream.target,
    binary_sha256: upstream.binarySha256,
    transport: stream.transport,
    argv: [...stream.argv],
    exit: { ...stream.exit },
    ...(stream.exits !== undefined && { exits: [...stream.exits] }),
    ...(stream.pauses !== undefined && { pauses_ms: [...stream.pauses] }),
    scenario_revision: revision,
    scenario_sha256: digestOf(plan),
    normaliser_version: NORMALISER_VERSION,
    sanitiser_version: SANITISER_VERSION,
    masks: Object.fromEntries([...fired].sort(([a], [b]) => (a < b ? -1 : 1))),
    redactions: [...stream.redactions],
    ...(stream.racy && { racy: true as const }),
    events: stream.events,
    ...(stream.noise > 0 && { noise_lines: stream.noise }),
    ...(stream.unfinished && { unfinished: true as const }),
    ...(stream.invalidUtf8 && { invalid_utf8: true as const }),
    content_sha256: sha256(stream.text),
    first_captured_at: captureTime(now),
  };
}

/**
 * Runs a scenario several times and gives its fixtures when all runs agree. Writes nothing.
 * Errors: those of `runScenario`, RUNS_NONE, RUNS_DIFFER, SCENARIO_JUDGED.
 */
export async function recordScenario(
  planned: PlannedScenario,
  upstream: Upstream,
  options: RecordOptions,
): Promise<Recorded> {
  const { name, plan, racy } = planned;
  const { scratch, signal } = options;
  const { binary } = upstream;
  const other = await otherUser([binary, process.execPath, dirname(scratch)]);
  const runs: CleanRun[] = [];
  const { runs: wanted = 2 } = options;
  checkRuns(wanted);
  for (let at = 0; at < wanted; at += 1) {
    const variation = variationOf(at, other);
    if (at > 0) await nextSecond(plan, options.now);
    runs.push(await finishRun(await runScenario({ name, plan, binary, scratch, signal, variation }), plan, racy));
  }
  const run = compareRuns(runs);
  judgeRun(planned, run);
  const fixtures = run.streams.map((stream) => ({
    name: stream.name,
    text: stream.text,
    sidecar: sidecarOf(planned, stream, { upstream, fired: run.fired, now: options.now }),
  }));
  const masks = (plan.masks ?? []).map((mask) => maskUse(mask, runs, other !== undefined));
  return { fixtures, masks };
}
