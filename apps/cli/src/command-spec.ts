import type { Result } from '@cliparity/model';
import type { Session } from './session.js';

/** What was typed for one command, after commander read it. */
export interface Invocation {
  readonly args: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
}
/** What a command leaves: one result to render and the exit code. */
export interface Outcome {
  readonly result: Result;
  readonly exitCode: number;
  /** Written to standard output as it is, instead of a rendering (`parse --ndjson`). */
  readonly raw?: AsyncIterable<string>;
}
export type Run = (session: Session, invocation: Invocation) => Promise<Outcome>;

/** `[flags, description, kind, default]`; kind `list` collects repeated values. */
export type OptionSpec = readonly [flags: string, about: string, kind?: 'list' | 'value', fallback?: string];
/** `[name, description, choices]` */
export type ArgSpec = readonly [name: string, about: string, choices?: readonly string[]];

export interface CommandSpec {
  readonly name: string;
  readonly summary: string;
  readonly args: readonly ArgSpec[];
  readonly options: readonly OptionSpec[];
  readonly examples: readonly string[];
  /** The exit code of whatever is wrong with the command itself, where every other code is that of a child. */
  readonly ownFailure?: number;
  readonly load: () => Promise<Run>;
}
