import { chmod } from 'node:fs/promises';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeAtomic } from '@cliparity/manifest-store';
import { UsageError, type Result } from '@cliparity/model';
import { observeCommand } from '@cliparity/steps';
import type { Run } from '../command-spec.js';
import { childEnd } from './child-end.js';
import { textOption, type Options } from './options.js';
import { done } from './outcome.js';

const COMMAND = fileURLToPath(new URL('../bin/cliparity.mjs', import.meta.url));

const observedResult = (data: object, headline: string): Result => ({
  kind: 'observed',
  schema_version: 1,
  data,
  view: { headline, tone: 'good' },
});

function logOf(options: Options): string {
  const log = textOption(options, 'log');
  if (log !== undefined) return resolve(log);
  throw new UsageError('OBSERVE_NO_LOG', 'it was not said where to write what is observed', {
    where: '--log',
    remedy: 'Name a file: cliparity observe --log cli_manifests/CLI/observed/WRAPPER.ndjson -- COMMAND',
  });
}

const quoted = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;

/** A shell script to put in the place of the program: whoever starts it starts `observe`. */
async function writeStandIn(path: string, log: string, command: readonly string[]): Promise<Result> {
  const words = [process.execPath, COMMAND, 'observe', '--log', log, '--', ...command].map(quoted);
  await writeAtomic(path, `#!/bin/sh\nexec ${words.join(' ')} "$@"\n`);
  await chmod(path, 0o755);
  return observedResult({ stand_in: path, log, command }, `${path} starts ${command.join(' ')} and records how`);
}

export const run: Run = async (session, { args: command, options }) => {
  const log = logOf(options);
  const standIn = textOption(options, 'standIn');
  if (standIn !== undefined) return done(await writeStandIn(resolve(standIn), log, command));
  // Signals are the child’s from here on.
  session.close();
  const places = [[process.cwd(), '$CWD'] as const, [homedir(), '$HOME'] as const];
  const end = await observeCommand({ log, command, env: process.env, places });
  return childEnd(end, (exit) => observedResult({ exit }, ''));
};
