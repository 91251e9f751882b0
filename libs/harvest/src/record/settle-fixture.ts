import { isIntact, sidecarText, type Fixture, type StoredFixture } from '../fixture/fixture-files.js';
import type { Sidecar } from '../fixture/sidecar.js';
import { fixtureEvents } from '../schema/canonical-event.js';
import type { RecordMode } from './record-mode.js';

/** What became of one stream. */
export const STREAM_STATES = [
  'same',
  'recorded',
  'replaced',
  'pending',
  'kept',
  'differs',
  'stale',
  'missing',
  'failed',
] as const;
export type StreamState = (typeof STREAM_STATES)[number];

/** What is to be done with a stream that was recorded again. */
export interface Settlement {
  readonly state: StreamState;
  readonly write?: { readonly to: 'fixtures' | 'pending'; readonly fixture: Fixture };
}

/** A sidecar with what the stored one knows from before: as long as the content is the same, it was first captured when it was, at its own pace. */
export function withHistory(fresh: Sidecar, stored: Sidecar | undefined): Sidecar {
  if (stored === undefined || stored.content_sha256 !== fresh.content_sha256) return fresh;
  const { first_captured_at, verify_by, pauses_ms } = stored;
  const samePace = fresh.pauses_ms !== undefined && pauses_ms?.length === fresh.pauses_ms.length;
  return {
    ...fresh,
    first_captured_at,
    ...(verify_by !== undefined && { verify_by }),
    ...(samePace && { pauses_ms }),
  };
}

/** How a harvest treats what is stored. */
export interface SettleOptions {
  readonly mode: RecordMode;
  readonly check: boolean;
  /** The streams may not be committed: only sidecars are, and they decide by their digest. */
  readonly withheld?: boolean;
  /** Something may wait for a decision; what changed is only told otherwise. */
  readonly mayWait?: boolean;
}

const isThere = ({ text, sidecar }: StoredFixture, withheld = false): boolean =>
  sidecar !== undefined && (withheld || text !== undefined);

/** Whether a stream has to be recorded at all. `check` records everything and writes nothing. */
export function mustRun(stored: StoredFixture, { mode, check, withheld }: SettleOptions): boolean {
  if (check) return true;
  if (mode === 'none') return false;
  return mode === 'all' || mode === 'new' || !isThere(stored, withheld);
}

/** The events of a stream by name, for a sidecar that has to speak for it. */
function eventTypes(fixture: Fixture): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { name } of fixtureEvents(fixture)) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

/** The text is as stored; of a withheld stream its digest speaks. */
function sameText(fresh: Fixture, stored: StoredFixture, withheld = false): boolean {
  if (withheld) return stored.sidecar?.content_sha256 === fresh.sidecar.content_sha256;
  return stored.text === fresh.text && isIntact(stored);
}

/** What becomes of a stream or sidecar that is not what is stored. */
function decide(fixture: Fixture, same: boolean, { mode, mayWait = true }: SettleOptions): Settlement {
  // The same stream under a newer digest of its scenario is no decision for a person.
  if (same || mode === 'all') return { state: 'replaced', write: { to: 'fixtures', fixture } };
  if (!mayWait) return { state: 'differs' };
  return { state: 'pending', write: { to: 'pending', fixture } };
}

/** Compares a fresh recording with what is stored and says what to do. Pure. */
export function settle(fresh: Fixture, stored: StoredFixture, options: SettleOptions): Settlement {
  const { check, withheld } = options;
  const own = withheld === true ? { ...fresh.sidecar, event_types: eventTypes(fresh) } : fresh.sidecar;
  const sidecar = withHistory(own, stored.sidecar);
  const fixture = { ...fresh, sidecar };
  if (!isThere(stored, withheld)) {
    return check ? { state: 'missing' } : { state: 'recorded', write: { to: 'fixtures', fixture } };
  }
  const same = sameText(fresh, stored, withheld);
  const sameSidecar = stored.sidecar !== undefined && sidecarText(stored.sidecar) === sidecarText(sidecar);
  if (check) return { state: !same ? 'differs' : sameSidecar ? 'same' : 'stale' };
  if (same && sameSidecar) {
    // Only the sidecar is committed: on a fresh clone the stream itself is not there yet.
    const kept = stored.text === fresh.text;
    return kept ? { state: 'same' } : { state: 'recorded', write: { to: 'fixtures', fixture } };
  }
  return decide(fixture, same, options);
}
