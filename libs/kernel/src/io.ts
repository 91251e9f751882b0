import type { Io, StepEvent } from '@cliparity/plugin-api';
import { createMasker, type Masker } from '@cliparity/redact';

/** The parts of the rim that differ between a command, an Nx task and a test. */
export interface IoParts {
  readonly signal: AbortSignal;
  readonly emit: (event: StepEvent) => void;
  readonly fetch: Io['fetch'];
  /** The run's masker; hand in the one that also masks what is printed. */
  readonly masker?: Masker;
  readonly now?: Io['now'];
  readonly env?: Io['env'];
}

function maskEvent(event: StepEvent, mask: Masker['mask']): StepEvent {
  if (event.type === 'note') return { ...event, message: mask(event.message) };
  return event.type === 'end' && event.message !== undefined ? { ...event, message: mask(event.message) } : event;
}

/** Assembles the rim. Messages of events pass the masker; clock and environment are the machine's unless given. */
export function createIo(parts: IoParts): Io {
  const { signal, fetch, emit, masker = createMasker() } = parts;
  return {
    signal,
    fetch,
    emit: (event) => emit(maskEvent(event, masker.mask)),
    now: parts.now ?? (() => new Date()),
    env: parts.env ?? ((name) => process.env[name]),
    secret: (value) => {
      masker.add(value);
      return value;
    },
  };
}
