import { FindingError } from '@cliparity/model';
import type { ModelServer } from '@cliparity/model-server';
import type { PlanStep } from '@cliparity/plugin-api';
import { fill, type Names } from '../plan/fill.js';
import type { SessionSpec } from './child-session.js';
import type { User } from './variation.js';

/** Where and with what a step runs. */
export interface StepPlace {
  readonly stream: string;
  readonly binary: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly names: Names;
  readonly model: ModelServer | undefined;
  readonly signal: AbortSignal;
  /** Another user than our own to run as. */
  readonly user: User | undefined;
  /** Milliseconds since some moment. */
  readonly elapsed: () => number;
  /** Remembers a value for the steps after this one. Error: SCENARIO_NOTHING_TO_TAKE. */
  readonly keep: (name: string, value: unknown, step: PlanStep) => void;
}

const DEFAULT_TIMEOUT_MS = 30_000;
const MAX_BYTES = 64 * 1024 * 1024;

/** The part of a session's description that all steps share. */
export function sessionSpec(step: PlanStep, place: StepPlace): Omit<SessionSpec, 'onLine' | 'keepStdin'> {
  const env = Object.entries(step.env ?? {}).map(([name, value]) => [name, fill(value, place.names)] as const);
  return {
    file: place.binary,
    argv: step.argv.map((word) => fill(word, place.names)),
    cwd: place.cwd,
    env: { ...place.env, ...Object.fromEntries(env) },
    timeoutMs: step.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    maxBytes: MAX_BYTES,
    signal: place.signal,
    user: place.user,
  };
}

/** The value as text, when there is one to keep. Error: SCENARIO_NOTHING_TO_TAKE. */
export function taken(name: string, value: unknown, step: PlanStep): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  throw new FindingError('SCENARIO_NOTHING_TO_TAKE', `No event had a value for {{${name}}}.`, {
    where: step.argv.join(' '),
    remedy: 'Compare the step’s `take` with what the upstream prints in this version.',
  });
}
