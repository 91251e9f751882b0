import { Interrupted } from '@cliparity/model';
import { applyInit, askInit, planInit, type Asker, type InitPlan, type InitRequest } from '@cliparity/steps';
import type { Invocation, Run } from '../command-spec.js';
import type { Session } from '../session.js';
import { ownVersion } from '../own-version.js';
import { isSet, listOption, textOption, type Options } from './options.js';
import { done } from './outcome.js';

function requestOf({ args: [name], options }: Invocation): InitRequest {
  const text = (key: string): string | undefined => textOption(options, key);
  return {
    name,
    source: text('source'),
    package: text('package'),
    repository: text('repository'),
    asset: text('asset'),
    path: text('path'),
    binary: text('binary'),
    dialect: text('dialect'),
    required: text('required'),
    targets: listOption(options, 'target'),
    wrapper: text('wrapper'),
    ci: text('ci'),
    activate: isSet(options, 'activate'),
    nx: isSet(options, 'nx'),
    network: isSet(options, 'network'),
    force: isSet(options, 'force'),
  };
}

/** Only a person at a terminal is asked; a script gets what it said. */
const asks = (options: Options): boolean =>
  process.stdin.isTTY && process.stdout.isTTY && !isSet(options, 'yes') && !isSet(options, 'json');

const nothingWritten = (): Interrupted => new Interrupted();

/** What is to be written, after the person has seen it; files that are there are replaced only when that is confirmed, too. */
async function confirmed(session: Session, said: InitRequest, ask: Asker): Promise<InitPlan> {
  const { bench, stdout } = session;
  const request = await askInit(bench, said, ask);
  const plan = await planInit(bench, request, ownVersion());
  const shown = await bench.kernel.reporter('pretty');
  process.stderr.write([...shown.render(await applyInit(bench, plan, true), stdout)].join(''));
  const taken = plan.files.filter(({ fate }) => fate === 'conflict').map(({ path }) => path);
  if (taken.length === 0) {
    if (await ask.confirm('Write these files?', true)) return plan;
    throw nothingWritten();
  }
  if (!(await ask.confirm(`Replace ${taken.join(', ')}?`, false))) throw nothingWritten();
  return planInit(bench, { ...request, force: true }, ownVersion());
}

export const run: Run = async (session, invocation) => {
  const { options } = invocation;
  const { bench } = session;
  const said = requestOf(invocation);
  const dryRun = isSet(options, 'dryRun');
  if (!asks(options)) return done(await applyInit(bench, await planInit(bench, said, ownVersion()), dryRun));
  const { terminalAsker } = await import('./init-prompts.js');
  const ask = terminalAsker();
  if (!dryRun) return done(await applyInit(bench, await confirmed(session, said, ask), false));
  return done(await applyInit(bench, await planInit(bench, await askInit(bench, said, ask), ownVersion()), true));
};
