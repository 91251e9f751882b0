import { dayOf, profileOf, today, validate } from '@cliparity/steps';
import type { Run } from '../command-spec.js';
import { isSet, textOption } from './options.js';
import { withFindings } from './outcome.js';

export const run: Run = async ({ bench }, { args: [cli], options }) => {
  const { result, findings } = await validate(bench, {
    cli,
    profile: profileOf(textOption(options, 'profile')),
    asOf: dayOf(textOption(options, 'asOf') ?? today(bench.io), '--as-of'),
    fix: isSet(options, 'fix'),
  });
  return withFindings(result, findings);
};
