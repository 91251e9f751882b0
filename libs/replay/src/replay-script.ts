/** What one call of the stand-in does. */
export interface ReplayCall {
  /** Absolute path of the recorded stream. */
  readonly fixture: string;
  /** `exec`: the lines are printed. `rpc`: the lines are a conversation, of which the stand-in is the server. */
  readonly transport: 'exec' | 'rpc';
  /** How it ends: an exit code, or the signal that kills it. */
  readonly exit: number | string;
  /** Printed on standard error before anything else. */
  readonly stderr?: string;
  /** What the command line must be; `*` stands for any one word, `{{name}}` for any text in one, `...` at the end for any rest. Not checked when absent. */
  readonly argv?: readonly string[];
  /** Prints only this many whole lines, and then the first bytes of the next. */
  readonly truncate?: { readonly lines: number; readonly bytes?: number };
  /** Milliseconds before each line: one number for all, or one per line, of which the last goes on. */
  readonly paceMs?: number | readonly number[];
  /** Text to put in the place of text, such as a folder for `/CWD`. */
  readonly replace?: Readonly<Record<string, string>>;
  /** For `rpc`: the client's parameters must be the recorded ones, not only its methods and decisions. */
  readonly strict?: boolean;
}

/** What a stand-in plays: its n-th call is the n-th of `calls`; one more is an error. */
export interface ReplayScript {
  readonly version: 1;
  /**
   * Absolute folder in which calls are counted and their command lines recorded (`calls.ndjson`). Fresh for each test. Without it every call is the
   * first one, and none is recorded.
   */
  readonly state?: string;
  readonly calls: readonly ReplayCall[];
}

/** What is recorded of one call, one line of `calls.ndjson`. */
export interface RecordedCall {
  /** Counted from 1. */
  readonly call: number;
  readonly argv: readonly string[];
  readonly cwd: string;
}

/** Exit code for what is the stand-in's own trouble: an extra call, another command line, a client that says something else. */
export const REPLAY_FAILED = 70;
