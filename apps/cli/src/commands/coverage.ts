import { resolve } from 'node:path';
import { UsageError, type Result } from '@cliparity/model';
import { dayOf, deriveCoverage, waiveUnits } from '@cliparity/steps';
import type { Invocation, Run } from '../command-spec.js';
import type { Session } from '../session.js';
import { isSet, textOption, type Options } from './options.js';
import { done } from './outcome.js';

function needed(options: Options, name: string, remedy: string): string {
  const value = textOption(options, name);
  if (value !== undefined) return value;
  throw new UsageError('OPTION_MISSING', `--${name} was not given`, { where: `--${name}`, remedy });
}

function waive({ bench }: Session, { args: [, cli = '', ...units], options }: Invocation): Promise<Result> {
  const until = needed(options, 'until', 'Say until when it holds: --until YYYY-MM-DD');
  return waiveUnits(bench, {
    cli,
    units,
    reason: needed(options, 'reason', 'Say why: --reason "…"'),
    owner: needed(options, 'owner', 'Say who looks at it again: --owner NAME'),
    until: dayOf(until, '--until'),
    version: textOption(options, 'at') ?? 'newest',
  });
}

function derive({ bench }: Session, { args: [, cli = '', ...rest], options }: Invocation): Promise<Result> {
  if (rest.length > 0)
    throw new UsageError('COVERAGE_WORDS', `coverage derive does not understand "${rest.join(' ')}"`, {
      where: 'coverage derive',
      remedy: 'Write: coverage derive CLI --from LOG',
    });
  const from = needed(options, 'from', 'Name the log: --from FILE; `cliparity observe` writes one.');
  const version = textOption(options, 'at') ?? 'newest';
  return deriveCoverage(bench, { cli, from: resolve(from), version, apply: isSet(options, 'apply') });
}

export const run: Run = async (session, invocation) => {
  const [action] = invocation.args;
  return done(await (action === 'waive' ? waive(session, invocation) : derive(session, invocation)));
};
