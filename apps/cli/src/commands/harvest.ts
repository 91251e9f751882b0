import { resolve } from 'node:path';
import { EXIT } from '@cliparity/model';
import { harvestChecklist, harvestDiff, harvestPythonScenarios, harvestVersion } from '@cliparity/steps';
import type { Invocation, Outcome, Run } from '../command-spec.js';
import type { Session } from '../session.js';
import { harvestMode } from './harvest-modes.js';
import { countOption, isSet, listOption, textOption, type Options } from './options.js';
import { withFindings } from './outcome.js';

const pathOption = (options: Options, name: string): string | undefined => {
  const path = textOption(options, name);
  return path === undefined ? undefined : resolve(path);
};

async function diff({ bench }: Session, { args: [cli = '', to = 'newest'], options }: Invocation): Promise<Outcome> {
  const { result, breaking } = await harvestDiff(bench, { cli, from: textOption(options, 'diff') ?? '', to });
  return { result, exitCode: isSet(options, 'exitCode') && breaking > 0 ? EXIT.findings : EXIT.done };
}

async function python(
  session: Session,
  { args: [cli = '', version = 'newest'], options }: Invocation,
): Promise<Outcome> {
  const { result, findings } = await harvestPythonScenarios(session.bench, {
    cli,
    version,
    sdk: pathOption(options, 'pythonSdk'),
    output: pathOption(options, 'output'),
    codexPath: pathOption(options, 'codexPath'),
    scenarios: listOption(options, 'scenario'),
    check: isSet(options, 'check'),
  });
  return withFindings(result, findings);
}

async function checklist({ bench }: Session, { args: [cli = ''], options }: Invocation): Promise<Outcome> {
  const file = pathOption(options, 'checklist') ?? '';
  const { result, findings } = await harvestChecklist(bench, {
    cli,
    file,
    tests: textOption(options, 'tests'),
    check: isSet(options, 'check'),
  });
  return withFindings(result, findings);
}

export const run: Run = async (session, invocation) => {
  const { args, options } = invocation;
  const mode = harvestMode(options);
  if (mode === 'diff') return diff(session, invocation);
  if (mode === 'pythonSdk') return python(session, invocation);
  if (mode === 'checklist') return checklist(session, invocation);
  const [cli = '', version = 'newest'] = args;
  const { result, findings } = await harvestVersion(session.bench, {
    cli,
    version,
    scenarios: listOption(options, 'scenario'),
    record: textOption(options, 'record'),
    runs: countOption(options, 'runs'),
    check: isSet(options, 'check'),
    out: pathOption(options, 'out'),
  });
  return withFindings(result, findings);
};
