import { relative } from 'node:path';
import { Interrupted, type Finding } from '@cliparity/model';
import { withRootLock } from '@cliparity/manifest-store';
import type { Io } from '@cliparity/plugin-api';
import pLimit from 'p-limit';
import { fixtureNames, readFixture, readReadable } from '../fixture/fixture-files.js';
import { folderFindings } from '../fixture/folder-findings.js';
import { deriveSchemas } from '../schema/schema-files.js';
import { planSecrets } from '../text/sanitise.js';
import { failureFinding, maskFindings } from './harvest-findings.js';
import { commandOf, fixturesLock, placeOf, settleOptions, type HarvestRequest } from './harvest-request.js';
import { checkRuns, recordScenario, type PlannedScenario, type Recorded, type Upstream } from './record-scenario.js';
import { schemaSources } from './schema-sources.js';
import { selectScenarios, type Selection } from './select-scenarios.js';
import { mustRun } from './settle-fixture.js';
import { leaveAlone, settleStream, together, type Settled, type StreamOutcome } from './settle-stream.js';

/** What a harvest found. */
export interface HarvestReport {
  readonly outcomes: readonly StreamOutcome[];
  readonly findings: readonly Finding[];
}

interface Done extends Settled {
  readonly recorded?: Recorded;
}

/** What is to be done about a scenario: nothing can be when the record of one of its streams cannot be read and may not be written over. */
type Need = 'run' | 'rest' | 'mend';

async function needOf(request: HarvestRequest, { streams }: PlannedScenario): Promise<Need> {
  const { mode, check = false } = request;
  const read = mode === 'all' && !check ? readReadable : readFixture;
  try {
    const stored = await Promise.all(streams.map((stream) => read(placeOf(request), stream)));
    return stored.some((one) => mustRun(one, settleOptions(request))) ? 'run' : 'rest';
  } catch {
    return 'mend';
  }
}

/** A scenario none of whose streams came to be. */
const failed = (name: string, streams: readonly string[], findings: readonly Finding[]): Done => ({
  outcomes: streams.map((stream) => ({ scenario: name, stream, state: 'failed' })),
  findings,
});

interface Work {
  readonly request: HarvestRequest;
  readonly upstream: Upstream;
  readonly io: Io;
}

async function run({ request, upstream, io }: Work, planned: PlannedScenario): Promise<Done> {
  // What the upstream said last may stand in a message.
  for (const secret of planSecrets(planned.plan)) io.secret(secret);
  try {
    const recorded = await recordScenario(planned, upstream, {
      ...(request.runs !== undefined && { runs: request.runs }),
      scratch: request.folders.scratch,
      signal: io.signal,
      now: io.now,
    });
    const parts: Settled[] = [];
    for (const fixture of recorded.fixtures) parts.push(await settleStream(request, planned.name, fixture));
    return { ...together(parts), recorded };
  } catch (error) {
    if (error instanceof Interrupted) throw error;
    return failed(planned.name, planned.streams, [failureFinding(planned.name, error)]);
  }
}

/** Does what is needed, several scenarios at a time, in their order. */
async function doAll(request: HarvestRequest, planned: readonly PlannedScenario[], io: Io): Promise<readonly Done[]> {
  const needs = await Promise.all(planned.map((one) => needOf(request, one)));
  const { binary } = request.upstream;
  const program = typeof binary === 'string' ? binary : needs.includes('run') ? await binary() : '';
  const work: Work = { request, upstream: { ...request.upstream, binary: program }, io };
  const task = `${request.upstream.cli} ${request.upstream.version}`;
  const limit = pLimit(request.concurrency ?? 1);
  let count = 0;
  const doing = planned.map((one, at) =>
    limit(async (): Promise<Done> => {
      if (io.signal.aborted) throw new Interrupted();
      const need = needs[at];
      // What cannot be read is said of the folder, once.
      if (need === 'mend') return failed(one.name, one.streams, []);
      const done = await (need === 'run' ? run(work, one) : leaveAlone(request, one));
      count += 1;
      io.emit({ type: 'progress', task, done: count, total: planned.length, unit: 'steps' });
      return done;
    }),
  );
  // All of them end before anything is thrown, so that no run leaves its folder behind.
  const ended = await Promise.allSettled(doing);
  io.emit({ type: 'end', task });
  return ended.map((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  });
}

async function settleSchemas(request: HarvestRequest, recorded: readonly Recorded[]): Promise<readonly Finding[]> {
  const { upstream, folders, check = false, mode } = request;
  const file = (path: string): string => relative(folders.workspace, path);
  const readOnly = check || mode === 'none';
  const derive = async () => {
    const fixtures = await schemaSources(placeOf(request), recorded);
    if (fixtures === undefined) return [];
    const command = `${commandOf(request)} --record once`;
    return deriveSchemas(fixtures, { ...upstream, folder: folders.fixtures }, { check: readOnly, file, command });
  };
  return readOnly ? derive() : withRootLock(fixturesLock(folders.workspace), derive);
}

/** What is wrong with what lies there by itself: everything in the folder, or, where names were given, their streams. */
async function lookAt(request: HarvestRequest, { planned }: Selection): Promise<readonly Finding[]> {
  const { folders, names = [] } = request;
  const known = planned.flatMap(({ streams }) => streams);
  const looked = names.length === 0 ? await fixtureNames(folders.fixtures) : known;
  return folderFindings(folders, looked, { known, command: commandOf(request) });
}

/**
 * Records, or checks, the golden streams of one version. A scenario that fails becomes a finding and does not stop the others; only an interruption
 * does, and a program that is needed and cannot be brought.
 * Errors: RUNS_NONE, SCENARIO_UNKNOWN, INTERRUPTED, and those of reading and writing fixtures.
 */
export async function harvest(request: HarvestRequest, io: Io): Promise<HarvestReport> {
  checkRuns(request.runs ?? 2);
  const selection = selectScenarios(request.scenarios, request.upstream, request.names);
  const { planned, failed: broken } = selection;
  const done = [
    ...(await doAll(request, planned, io)),
    ...broken.map(({ name, error }) => failed(name, [name], [failureFinding(name, error)])),
  ];
  const recorded = done.flatMap((one) => (one.recorded === undefined ? [] : [one.recorded]));
  const whole = (request.names ?? []).length === 0 && recorded.length === planned.length && broken.length === 0;
  const inFolder = await lookAt(request, selection);
  const schemas = inFolder.length === 0 ? await settleSchemas(request, recorded) : [];
  const { outcomes, findings } = together(done);
  return { outcomes, findings: [...findings, ...inFolder, ...schemas, ...(whole ? maskFindings(recorded) : [])] };
}
