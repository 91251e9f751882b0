import { CommanderError } from 'commander';
import { makeProgram } from './program.js';

/** Reads the words, runs one command, returns the exit code. Never throws. */
export async function runCli(argv: readonly string[]): Promise<number> {
  let exitCode = 0;
  const program = makeProgram(async (spec, args, options) => {
    const { execute } = await import('./execute.js');
    exitCode = await execute(spec, { args, options });
  });
  try {
    await program.parseAsync([...argv]);
    return exitCode;
  } catch (error) {
    // Commander has printed its message, with a suggestion, on standard error.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    throw error;
  }
}
