import { storeAction, type StoreRequest } from '@cliparity/steps';
import type { Run } from '../command-spec.js';
import { bytesOption, isSet, textOption } from './options.js';
import { withFindings } from './outcome.js';

export const run: Run = async ({ bench }, { args: [action], options }) => {
  const { result, findings } = await storeAction(bench, {
    action: action as StoreRequest['action'],
    maxBytes: bytesOption(options, 'maxSize'),
    keep: textOption(options, 'keep'),
    dryRun: isSet(options, 'dryRun'),
    mend: isSet(options, 'mend'),
  });
  return withFindings(result, findings);
};
