import { deriveOlder, unionVersion } from '@cliparity/steps';
import type { Run } from '../command-spec.js';
import { isSet } from './options.js';
import { stepOutcome } from './outcome.js';

export const run: Run = async ({ bench }, { args: [cli = '', version = ''], options }) => {
  const check = isSet(options, 'check');
  const request = { cli, version, check, force: isSet(options, 'force') };
  const outcome = (await deriveOlder(bench, 'union', request)) ?? (await unionVersion(bench, request));
  return stepOutcome(`union of ${cli} ${version}`, [outcome], check);
};
