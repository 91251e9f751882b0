import type { ModelScript } from './model-script.js';

/**
 * Replaces in the recorded text what differs from run to run. Harvest brings masks for its own folders, ports, UUIDs and times;
 * a scenario adds what its upstream prints besides. `as` may hold `{n}`, the number of the distinct value in order of appearance.
 */
export interface Mask {
  readonly id: string;
  /** Regular expression over one line of output, without flags and without capturing groups. */
  readonly pattern?: string;
  /** Keys of JSON objects whose number or string is replaced wherever they stand. */
  readonly keys?: readonly string[];
  /** What stands there instead: for `keys` a JSON value, for `pattern` text. */
  readonly as: string | number;
  /**
   * What it follows: each `run` (unless said), the `clock`, the `user` or the `machine`. What a mask of runs replaces has to differ between two runs,
   * that of the clock between runs in two seconds, that of users between runs of two users.
   */
  readonly follows?: 'run' | 'clock' | 'user' | 'machine';
}

/** What every kind of step may say. Strings may hold `{{cwd}}`, `{{home}}`, `{{model}}` (the model server's base URL) and what earlier steps took. */
interface StepBase {
  /** Ends the stream's name: scenario `x` with steps `step1`, `step2` gives `x_step1` and `x_step2`. Needed when there are several. */
  readonly name?: string;
  readonly argv: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Values to take out of this step's events for later steps: name → path of keys, joined by dots, in the first event that has it. */
  readonly take?: Readonly<Record<string, string>>;
  /** The step's own time limit in milliseconds. */
  readonly timeoutMs?: number;
}

/** The upstream run once, its standard output recorded line by line. */
export interface ExecStep extends StepBase {
  readonly kind: 'exec';
  readonly stdin?: string;
  /** The exit code it must end with; 0 unless said. `signal` when it is killed by `stop`. */
  readonly exit?: number | 'signal';
  /**
   * Instead of `exit`: codes of which any is right, where which one comes is a race in the upstream. The first is the usual one and stands in the
   * record whichever came.
   */
  readonly exits?: readonly number[];
  /**
   * Sends a signal when the first event of this type has come, the model server has been asked `asked` times, and then `delayMs` milliseconds have
   * passed; 0 of both unless said.
   */
  readonly stop?: {
    readonly after: string;
    readonly asked?: number;
    readonly delayMs?: number;
    readonly signal: 'SIGINT' | 'SIGTERM';
  };
  /** Text that must stand in its standard error, which is not recorded. */
  readonly stderr?: string;
}

/** One move of the client in a JSON-RPC conversation. */
export type RpcMove =
  /** Sends a request and, unless `wait` is false, waits for its answer. `take` reads the answer's result. */
  | {
      readonly call: string;
      readonly params: unknown;
      readonly take?: Readonly<Record<string, string>>;
      readonly wait?: boolean;
    }
  | { readonly notify: string; readonly params?: unknown }
  /** Waits until a notification or request of this method has come since the last sent request. `take` reads its params. */
  | { readonly until: string; readonly take?: Readonly<Record<string, string>> }
  /** Waits until the model server has been asked this many times. */
  | { readonly asked: number };

/** The upstream as a JSON-RPC server on standard input and output, one message per line, both directions recorded. */
export interface RpcStep extends StepBase {
  readonly kind: 'rpc';
  readonly moves: readonly RpcMove[];
  /** What is answered to the server's requests, by method; a request nobody answers stays open. */
  readonly answers?: Readonly<Record<string, unknown>>;
  /** Methods of notifications whose place among the others is not fixed: they stand sorted at the end. */
  readonly loose?: readonly string[];
  /** Methods that are left out, because whether they come is a race. */
  readonly drop?: readonly string[];
}
export type PlanStep = ExecStep | RpcStep;

/** What a scenario does, as data. */
export interface Plan {
  /** Files to be there before the first step, by path: below `cwd/` or `home/`. */
  readonly files: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly steps: readonly PlanStep[];
  readonly model?: ModelScript;
  readonly masks?: readonly Mask[];
  /** Values that must never be in a recorded stream, besides the environment's. */
  readonly secrets?: readonly string[];
}
