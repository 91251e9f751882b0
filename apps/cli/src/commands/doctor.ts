import { EXIT } from '@cliparity/model';
import { doctor } from '@cliparity/steps';
import type { Run } from '../command-spec.js';

export const run: Run = async ({ bench }) => {
  const { result, failed } = await doctor(bench);
  return { result, exitCode: failed ? EXIT.couldNotRun : EXIT.done };
};
