import { resolve } from 'node:path';
import { updateVersion } from '@cliparity/steps';
import type { Run } from '../command-spec.js';
import { isSet, textOption, type Options } from './options.js';
import { withFindings } from './outcome.js';

function path(options: Options, name: string): string | undefined {
  const word = textOption(options, name);
  return word === undefined ? undefined : resolve(word);
}

export const run: Run = async ({ bench }, { args: [cli = '', version], options }) => {
  const { result, findings } = await updateVersion(bench, {
    cli,
    version,
    branch: isSet(options, 'branch'),
    body: path(options, 'body'),
    snapshots: path(options, 'snapshots'),
    dryRun: isSet(options, 'dryRun'),
    updateMinSupported: isSet(options, 'updateMinSupported'),
  });
  return withFindings(result, findings);
};
