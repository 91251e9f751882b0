import { resolve } from 'node:path';
import { snapshotVersion } from '@cliparity/steps';
import type { Run } from '../command-spec.js';
import { isSet, listOption, textOption } from './options.js';
import { stepOutcome } from './outcome.js';

export const run: Run = async ({ bench }, { args: [cli = '', version = ''], options }) => {
  const rawHelp = textOption(options, 'rawHelp');
  const check = isSet(options, 'check');
  const outcomes = await snapshotVersion(bench, {
    cli,
    version,
    targets: listOption(options, 'target'),
    check,
    force: isSet(options, 'force'),
    fromBinary: isSet(options, 'fromBinary'),
    rawHelp: rawHelp === undefined ? undefined : resolve(rawHelp),
  });
  return stepOutcome(`snapshots of ${cli} ${version}`, outcomes, check);
};
