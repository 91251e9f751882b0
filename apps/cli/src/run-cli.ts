import { CommanderError } from 'commander';
import { makeProgram } from './program.js';

/** Whether the words ask for JSON, also when they are wrong otherwise; what follows `--` belongs to the command. */
function asksForJson(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  return argv.slice(2, end < 0 ? undefined : end).includes('--json');
}

async function usageJson(error: CommanderError): Promise<void> {
  const { plainJson, UsageError } = await import('@cliparity/model');
  const { errorDocument } = await import('./error-document.js');
  const message = error.message.replace(/^error: /, '');
  const wrong = new UsageError('WRONG_WORDS', message, { remedy: 'Look at cliparity --help.' });
  process.stdout.write(plainJson(errorDocument(wrong)));
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
    if (asksForJson(argv)) await usageJson(error);
    return 2;
  }
}
