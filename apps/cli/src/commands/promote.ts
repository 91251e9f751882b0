import { promoteVersion } from '@cliparity/steps';
import type { Run } from '../command-spec.js';
import { isSet } from './options.js';
import { withFindings } from './outcome.js';

export const run: Run = async ({ bench }, { args: [cli = '', version = ''], options }) => {
  const how = { dryRun: isSet(options, 'dryRun'), check: isSet(options, 'check') };
  const { result, findings } = await promoteVersion(bench, { cli, version, ...how });
  return withFindings(result, findings);
};
