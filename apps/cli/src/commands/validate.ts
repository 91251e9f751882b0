import { validate } from '@cliparity/steps';
import type { Run } from '../command-spec.js';
import { withFindings } from './outcome.js';

export const run: Run = async ({ bench }, { args }) => {
  const { result, findings } = await validate(bench, args[0]);
  return withFindings(result, findings);
};
