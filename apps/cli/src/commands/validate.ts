import { profileOf, validate } from '@cliparity/steps';
import type { Run } from '../command-spec.js';
import { textOption } from './options.js';
import { withFindings } from './outcome.js';

export const run: Run = async ({ bench }, { args: [cli], options }) => {
  const { result, findings } = await validate(bench, { cli, profile: profileOf(textOption(options, 'profile')) });
  return withFindings(result, findings);
};
