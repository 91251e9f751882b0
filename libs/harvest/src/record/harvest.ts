import { join, relative } from 'node:path';
import { Interrupted, type Finding } from '@cliparity/model';
import { withRootLock } from '@cliparity/manifest-store';
import type { Io, Scenario } from '@cliparity/plugin-api';
import pLimit from 'p-limit';
import { fixtureNames, readFixture, writeFixture, type Fixture, type FixturePlace } from '../fixture/fixture-files.js';
import { folderFindings } from '../fixture/folder-findings.js';
import { deriveSchemas } from '../schema/schema-files.js';
import { failureFinding, maskFindings, streamFinding } from './harvest-findings.js';
import type { RecordMode } from './record-mode.js';
import { recordScenario, type PlannedScenario, type Recorded, type Upstream } from './record-scenario.js';
import { schemaSources } from './schema-sources.js';
import { selectScenarios } from './select-scenarios.js';
import { mustRun, settle, type SettleOptions, type StreamState } from './settle-fixture.js';

/** One harvest of one version of one upstream. */
export interface HarvestRequest {
  readonly upstream: Upstream;
  /** Every scenario known; those of other upstreams and versions are left out here. */
  readonly scenarios: readonly Scenario[];
  /** Scenarios or streams to keep; all when empty. */
  readonly names?: readonly string[];
  readonly mode: RecordMode;
  /** Record everything, compare, write nothing. */
  readonly check?: boolean;
  readonly runs?: number;
  /** How many scenarios run at the same time; 1 unless said. */
  readonly concurrency?: number;
  /** Absolute folders: the workspace, the version's fixtures, what waits for review, and room for the runs. */
  readonly folders: {
    readonly workspace: string;
    readonly fixtures: string;
    /** Where the streams go when they may not be committed; sidecars and schemas stay with the fixtures. */
    readonly streams?: string;
    readonly pending: string;
    readonly scratch: string;
  };
}

/** One stream's outcome. */
export interface StreamOutcome {
  readonly scenario: string;
  readonly stream: string;
  readonly state: StreamState;
  readonly racy?: true;
  readonly events?: number;
  readonly noise?: number;
}
export interface HarvestReport {
  readonly outcomes: readonly StreamOutcome[];
  readonly findings: readonly Finding[];
}

interface Done {
  readonly outcomes: readonly StreamOutcome[];
  readonly findings: readonly Finding[];
  readonly recorded?: Recorded;
}

const placeOf = ({ folders }: HarvestRequest): FixturePlace =>
  folders.streams === undefined ? folders.fixtures : { sidecars: folders.fixtures, streams: folders.streams };

const settleOptions = ({ mode, check = false, folders }: HarvestRequest): SettleOptions => ({
  mode,
  check,
  withheld: folders.streams !== undefined,
});

async function store(request: HarvestRequest, to: 'fixtures' | 'pending', fixture: Fixture): Promise<void> {
  const { folders, upstream } = request;
  const root = { name: `fixtures-${upstream.cli}`, path: folders.fixtures, workspace: folders.workspace };
  await withRootLock(root, () => writeFixture(to === 'pending' ? folders.pending : placeOf(request), fixture));
}

async function settleStream(request: HarvestRequest, scenario: string, fresh: Fixture): Promise<Done> {
  const { folders } = request;
  const stored = await readFixture(placeOf(request), fresh.name);
  const { state, write } = settle(fresh, stored, settleOptions(request));
  if (write !== undefined) await store(request, write.to, write.fixture);
  const file = relative(folders.workspace, join(folders.fixtures, `${fresh.name}.jsonl`));
  const found = streamFinding(state, file, { stored, fresh: fresh.text });
  const { racy, events, noise_lines } = fresh.sidecar;
  return {
    outcomes: [
      {
        scenario,
        stream: fresh.name,
        state,
        ...(racy === true && { racy }),
        events,
        ...(noise_lines !== undefined && { noise: noise_lines }),
      },
    ],
    findings: found === undefined ? [] : [found],
  };
}

/** What is said about streams that are not recorded now. */
async function leaveAlone(request: HarvestRequest, { name, streams }: PlannedScenario): Promise<Done> {
  const { folders } = request;
  const parts = await Promise.all(
    streams.map(async (stream) => {
      const stored = await readFixture(placeOf(request), stream);
      const withheld = folders.streams !== undefined;
      const state = stored.sidecar === undefined || (stored.text === undefined && !withheld) ? 'missing' : 'kept';
      const file = relative(folders.workspace, join(folders.fixtures, `${stream}.jsonl`));
      const found = streamFinding(state, file, { stored, fresh: '' });
      return { outcome: { scenario: name, stream, state } as const, findings: found === undefined ? [] : [found] };
    }),
  );
  return { outcomes: parts.map(({ outcome }) => outcome), findings: parts.flatMap(({ findings }) => findings) };
}

async function doScenario(request: HarvestRequest, planned: PlannedScenario, io: Io): Promise<Done> {
  const { folders, upstream } = request;
  const stored = await Promise.all(planned.streams.map((stream) => readFixture(placeOf(request), stream)));
  if (!stored.some((one) => mustRun(one, settleOptions(request)))) return leaveAlone(request, planned);
  const recorded = await recordScenario(planned, upstream, {
    ...(request.runs !== undefined && { runs: request.runs }),
    scratch: folders.scratch,
    signal: io.signal,
    now: io.now,
  });
  const parts: Done[] = [];
  for (const fixture of recorded.fixtures) parts.push(await settleStream(request, planned.name, fixture));
  return {
    outcomes: parts.flatMap(({ outcomes }) => outcomes),
    findings: parts.flatMap(({ findings }) => findings),
    recorded,
  };
}

async function settleSchemas(request: HarvestRequest, recorded: readonly Recorded[]): Promise<readonly Finding[]> {
  const { upstream, folders, check = false, mode } = request;
  const file = (path: string): string => relative(folders.workspace, path);
  const readOnly = check || mode === 'none';
  const fixtures = await schemaSources(placeOf(request), recorded);
  if (fixtures === undefined) return [];
  return deriveSchemas(fixtures, { ...upstream, folder: folders.fixtures }, { check: readOnly, file });
}

const failed = (name: string, streams: readonly string[], error: unknown): Done => ({
  outcomes: streams.map((stream) => ({ scenario: name, stream, state: 'failed' })),
  findings: [failureFinding(name, error)],
});

/**
 * Records, or checks, the golden streams of one version. A scenario that fails becomes a finding and does not stop the others; only an interruption does.
 * Errors: SCENARIO_UNKNOWN, INTERRUPTED, and those of reading and writing fixtures.
 */
export async function harvest(request: HarvestRequest, io: Io): Promise<HarvestReport> {
  const { upstream, names = [], folders } = request;
  const { planned, failed: broken } = selectScenarios(request.scenarios, upstream, names);
  const task = `${upstream.cli} ${upstream.version}`;
  const limit = pLimit(request.concurrency ?? 1);
  let count = 0;
  const done = await Promise.all(
    planned.map((one) =>
      limit(async () => {
        if (io.signal.aborted) throw new Interrupted();
        const result = await doScenario(request, one, io).catch((error: unknown) => {
          if (error instanceof Interrupted) throw error;
          return failed(one.name, one.streams, error);
        });
        count += 1;
        io.emit({ type: 'progress', task, done: count, total: planned.length, unit: 'steps' });
        return result;
      }),
    ),
  );
  io.emit({ type: 'end', task });
  const all = [...done, ...broken.map(({ name, error }) => failed(name, [name], error))];
  const recorded = all.flatMap((one) => (one.recorded === undefined ? [] : [one.recorded]));
  const whole = names.length === 0 && recorded.length === planned.length && broken.length === 0;
  const known = planned.flatMap(({ streams }) => streams);
  const inFolder = names.length === 0 ? await folderFindings(folders, await fixtureNames(folders.fixtures), known) : [];
  const schemas = inFolder.length === 0 ? await settleSchemas(request, recorded) : [];
  return {
    outcomes: all.flatMap(({ outcomes }) => outcomes),
    findings: [
      ...all.flatMap(({ findings }) => findings),
      ...inFolder,
      ...schemas,
      ...(whole ? maskFindings(recorded) : []),
    ],
  };
}
