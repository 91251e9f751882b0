import type { Io, StepEvent } from '@cliparity/plugin-api';
import { createHttpClient } from '../http/http-client.js';

/** An Io over loopback that never waits between tries and remembers what it was told. */
export interface FakeIo extends Io {
  readonly events: StepEvent[];
  readonly secrets: string[];
}

/** Makes one; a signal stops it. */
export function fakeIo(signal: AbortSignal = new AbortController().signal): FakeIo {
  const events: StepEvent[] = [];
  const secrets: string[] = [];
  return {
    signal,
    events,
    secrets,
    now: () => new Date('2026-01-02T03:04:05Z'),
    emit: (event) => void events.push(event),
    env: () => undefined,
    secret: (value) => {
      secrets.push(value);
      return value;
    },
    fetch: createHttpClient({ signal, sleep: async () => undefined }),
  };
}
