import { EXIT } from '@cliparity/model';
import { doctor } from '@cliparity/steps';
import type { Run } from '../command-spec.js';
import { isSet } from './options.js';

export const run: Run = async ({ bench }, { options }) => {
  const { result, failed } = await doctor(bench, { network: isSet(options, 'network') });
  return { result, exitCode: failed ? EXIT.couldNotRun : EXIT.done };
};
