import type { Target } from '@cliparity/plugin-api';
import type { Host } from './host.js';

/** Which way a binary is executed. */
export type RunnerId = 'native' | 'qemu-user' | 'wine' | 'node';

/** Of a target, what decides whether a machine runs it. */
export type RunTarget = Pick<Target, 'id' | 'os' | 'arch' | 'libc'>;

/** Whether something runs here; if not, why, and what would help. */
export type CanRun = { readonly ok: true } | { readonly ok: false; readonly reason: string; readonly remedy: string };

/** A program to start and its argument list. */
export interface RunCommand {
  readonly file: string;
  readonly args: readonly string[];
}

/** One way to execute a target's binary on a machine. Pure: it starts nothing. */
export interface Runner {
  readonly id: RunnerId;
  canRun(target: RunTarget, host: Host): CanRun;
  command(binary: string, argv: readonly string[]): RunCommand;
  /** What kind of machine a binary must be built for to be started this way; absent where it need not be a program. */
  machine?(host: Host): Host;
}
