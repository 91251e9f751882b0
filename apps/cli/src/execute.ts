import { EXIT, toCliparityError, type CliparityError, type Result } from '@cliparity/model';
import type { CommandSpec, Invocation, Outcome } from './command-spec.js';
import { deliver } from './deliver.js';
import { renderError } from './render-error.js';
import { openSession, type Session } from './session.js';

function errorResult(error: CliparityError): Result {
  const data = { code: error.code, message: error.message, where: error.where, remedy: error.remedy };
  return { kind: 'error', schema_version: 1, data, view: { headline: error.message, tone: 'bad' } };
}

async function perform(spec: CommandSpec, session: Session, invocation: Invocation): Promise<Outcome> {
  const run = await spec.load();
  return run(session, invocation);
}

/** Opens a session, runs the command in it, delivers what it left; every error ends here as one message and one exit code. */
export async function execute(spec: CommandSpec, invocation: Invocation): Promise<number> {
  let session: Session | undefined;
  try {
    session = await openSession(invocation.options);
    const outcome = await perform(spec, session, invocation);
    session.narrator.close();
    await deliver(session, outcome);
    return outcome.exitCode;
  } catch (thrown) {
    session?.narrator.close();
    const interrupted = session?.signal.aborted === true;
    const error = toCliparityError(thrown);
    const mask = session?.mask ?? ((text: string) => text);
    process.stderr.write(
      mask(
        renderError(error, { verbose: invocation.options['verbose'] === true, color: session?.stderrColor ?? false }),
      ),
    );
    if (invocation.options['json'] === true)
      process.stdout.write(mask(`${JSON.stringify(errorResult(error), null, 2)}\n`));
    return interrupted ? EXIT.interrupted : error.exitCode;
  } finally {
    session?.close();
  }
}
