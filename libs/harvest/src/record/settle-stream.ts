import { join, relative } from 'node:path';
import type { Finding } from '@cliparity/model';
import { withRootLock } from '@cliparity/manifest-store';
import {
  readReadable,
  removeFixture,
  writeFixture,
  type Fixture,
  type StoredFixture,
} from '../fixture/fixture-files.js';
import { streamFinding } from './harvest-findings.js';
import { commandOf, fixturesLock, placeOf, settleOptions, type HarvestRequest } from './harvest-request.js';
import type { PlannedScenario } from './record-scenario.js';
import { settle, type Settlement, type StreamState } from './settle-fixture.js';

/** One stream's outcome. */
export interface StreamOutcome {
  readonly scenario: string;
  readonly stream: string;
  readonly state: StreamState;
  readonly racy?: true;
  readonly events?: number;
  readonly noise?: number;
}

/** What became of some streams. */
export interface Settled {
  readonly outcomes: readonly StreamOutcome[];
  readonly findings: readonly Finding[];
}

/** Several as one. */
export const together = (parts: readonly Settled[]): Settled => ({
  outcomes: parts.flatMap(({ outcomes }) => outcomes),
  findings: parts.flatMap(({ findings }) => findings),
});

interface Stream {
  readonly scenario: string;
  readonly state: StreamState;
  readonly stored: StoredFixture;
  /** Its text of today; nothing when it was not recorded. */
  readonly fresh?: string;
}

function findingOf(request: HarvestRequest, { scenario, state, stored, fresh = '' }: Stream): readonly Finding[] {
  const { folders } = request;
  // A stream that has lost its sidecar is not missing; what it is is said of the folder.
  if (state === 'missing' && folders.streams === undefined && stored.text !== undefined) return [];
  const file = relative(folders.workspace, join(folders.fixtures, `${stored.name}.jsonl`));
  const found = streamFinding(state, file, {
    stored,
    fresh,
    command: commandOf(request, scenario),
    mayWait: folders.pending !== undefined,
  });
  return found === undefined ? [] : [found];
}

async function store(request: HarvestRequest, write: NonNullable<Settlement['write']>): Promise<void> {
  const { pending } = request.folders;
  await writeFixture(write.to === 'pending' && pending !== undefined ? pending : placeOf(request), write.fixture);
}

/** Puts a fresh recording where it belongs. What waited under its name and is now settled waits no longer. */
export async function settleStream(request: HarvestRequest, scenario: string, fresh: Fixture): Promise<Settled> {
  const { pending, workspace } = request.folders;
  const options = settleOptions(request);
  const act = async () => {
    const stored = await readReadable(placeOf(request), fresh.name);
    const settlement = settle(fresh, stored, options);
    if (settlement.write !== undefined) await store(request, settlement.write);
    if (!options.check && pending !== undefined && settlement.state !== 'pending')
      await removeFixture(pending, fresh.name);
    return { stored, state: settlement.state };
  };
  const { stored, state } = options.check ? await act() : await withRootLock(fixturesLock(workspace), act);
  const { racy, events, noise_lines } = fresh.sidecar;
  const more = { ...(racy === true && { racy }), events, ...(noise_lines !== undefined && { noise: noise_lines }) };
  return {
    outcomes: [{ scenario, stream: fresh.name, state, ...more }],
    findings: findingOf(request, { scenario, state, stored, fresh: fresh.text }),
  };
}

/** What is said about streams that are not recorded now. */
export async function leaveAlone(request: HarvestRequest, { name, streams }: PlannedScenario): Promise<Settled> {
  const withheld = request.folders.streams !== undefined;
  const parts = streams.map(async (stream): Promise<Settled> => {
    const stored = await readReadable(placeOf(request), stream);
    const state = stored.sidecar === undefined || (stored.text === undefined && !withheld) ? 'missing' : 'kept';
    return {
      outcomes: [{ scenario: name, stream, state }],
      findings: findingOf(request, { scenario: name, state, stored }),
    };
  });
  return together(await Promise.all(parts));
}
