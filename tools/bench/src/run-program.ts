import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

/** A program that ended. */
export interface ProgramEnd {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}
export interface ProgramOptions {
  /** Absolute path. */
  readonly cwd: string;
  /** Set on top of our own environment. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a program to its end, whatever its exit code. */
export async function runProgram(command: readonly string[], options: ProgramOptions): Promise<ProgramEnd> {
  const [file = '', ...args] = command;
  const child = spawn(file, args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close');
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code: child.exitCode, stdout, stderr };
}

/**
 * Runs a program that must end well.
 * @throws Error with its exit code and the end of what it wrote
 */
export async function mustRun(command: readonly string[], options: ProgramOptions): Promise<ProgramEnd> {
  const end = await runProgram(command, options);
  if (end.code === 0) return end;
  throw new Error(`${command.join(' ')} ended with ${end.code}: ${(end.stderr || end.stdout).trim().slice(-500)}`);
}
