import { EXIT, plainJson, toCliparityError, type CliparityError } from '@cliparity/model';
import type { CommandSpec, Invocation } from './command-spec.js';
import { deliver, openDeliveries } from './deliver.js';
import { errorDocument } from './error-document.js';
import { renderError } from './render-error.js';
import { openSession, type Session } from './session.js';

function tell(error: CliparityError, { options }: Invocation, session: Session | undefined): void {
  const mask = session?.mask ?? ((text: string) => text);
  const how = { verbose: options['verbose'] === true, color: session?.stderrColor ?? false };
  process.stderr.write(mask(renderError(error, how)));
  if (options['json'] === true) process.stdout.write(mask(plainJson(errorDocument(error))));
}

/** Opens a session, runs the command in it, delivers what it left; every error ends here as one message and one exit code. */
export async function execute(spec: CommandSpec, invocation: Invocation): Promise<number> {
  let session: Session | undefined;
  try {
    session = await openSession(invocation.options);
    // A reporter that cannot be had is said before the work, not after it.
    const deliveries = await openDeliveries(session);
    const run = await spec.load();
    const outcome = await run(session, invocation);
    session.narrator.close();
    await deliver(session, deliveries, outcome);
    return outcome.exitCode;
  } catch (thrown) {
    session?.narrator.close();
    const error = toCliparityError(thrown);
    tell(error, invocation, session);
    return session?.signal.aborted === true ? EXIT.interrupted : (spec.ownFailure ?? error.exitCode);
  } finally {
    session?.close();
  }
}
