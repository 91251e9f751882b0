import { verifyVersion } from '@cliparity/steps';
import type { Run } from '../command-spec.js';
import { countOption, isSet, listOption, textOption } from './options.js';
import { withFindings } from './outcome.js';

export const run: Run = async ({ bench }, { args: [cli = '', version = '', ...command], options }) => {
  const { result, findings } = await verifyVersion(bench, {
    cli,
    version,
    command,
    targets: listOption(options, 'target'),
    timeoutSeconds: countOption(options, 'timeout'),
    downgrade: textOption(options, 'downgrade'),
    check: isSet(options, 'check'),
  });
  return withFindings(result, findings);
};
