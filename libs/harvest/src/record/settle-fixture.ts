import { isIntact, sidecarText, type Fixture, type StoredFixture } from '../fixture/fixture-files.js';
import type { Sidecar } from '../fixture/sidecar.js';
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

/** A sidecar with what the stored one knows from before: as long as the content is the same, it was first captured when it was. */
export function withHistory(fresh: Sidecar, stored: Sidecar | undefined): Sidecar {
  if (stored === undefined || stored.content_sha256 !== fresh.content_sha256) return fresh;
  const { first_captured_at, verify_by } = stored;
  return { ...fresh, first_captured_at, ...(verify_by !== undefined && { verify_by }) };
}

/** Whether a stream has to be recorded at all. `check` records everything and writes nothing. */
export function mustRun(stored: StoredFixture, mode: RecordMode, check: boolean): boolean {
  if (check) return true;
  if (mode === 'none') return false;
  return mode === 'all' || mode === 'new' || stored.text === undefined || stored.sidecar === undefined;
}

/** Compares a fresh recording with what is stored and says what to do. Pure. */
export function settle(
  fresh: Fixture,
  stored: StoredFixture,
  options: { mode: RecordMode; check: boolean },
): Settlement {
  const sidecar = withHistory(fresh.sidecar, stored.sidecar);
  const fixture = { ...fresh, sidecar };
  const isNew = stored.text === undefined || stored.sidecar === undefined;
  if (options.check) {
    if (isNew) return { state: 'missing' };
    if (stored.text !== fresh.text) return { state: 'differs' };
    return {
      state: stored.sidecar !== undefined && sidecarText(stored.sidecar) === sidecarText(sidecar) ? 'same' : 'stale',
    };
  }
  if (isNew) return { state: 'recorded', write: { to: 'fixtures', fixture } };
  const sameText = stored.text === fresh.text && isIntact(stored);
  if (sameText && stored.sidecar !== undefined && sidecarText(stored.sidecar) === sidecarText(sidecar)) {
    return { state: 'same' };
  }
  // The same stream under a newer digest of its scenario is no decision for a person.
  if (sameText || options.mode === 'all') return { state: 'replaced', write: { to: 'fixtures', fixture } };
  return { state: 'pending', write: { to: 'pending', fixture } };
}
