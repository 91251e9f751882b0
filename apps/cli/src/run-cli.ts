import { CommanderError } from 'commander';
import { makeProgram } from './program.js';

/** Whether the words ask for JSON, also when they are wrong otherwise; what follows `--` belongs to the command. */
function asksForJson(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  return argv.slice(2, end < 0 ? undefined : end).includes('--json');
}

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
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return 0;
    // Commander has printed its message, with a suggestion, on standard error.
    if (asksForJson(argv)) (await import('./usage-json.js')).usageJson(error.message);
    return 2;
  }
}
