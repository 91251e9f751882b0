import { lockVersion } from '@cliparity/steps';
import type { Run } from '../command-spec.js';
import { isSet, listOption } from './options.js';
import { withFindings } from './outcome.js';

export const run: Run = async ({ bench }, { args: [cli = '', version = ''], options }) => {
  const { result, findings } = await lockVersion(bench, {
    cli,
    version,
    targets: listOption(options, 'target'),
    check: isSet(options, 'check'),
    verify: isSet(options, 'verify'),
    force: isSet(options, 'force'),
  });
  return withFindings(result, findings);
};
