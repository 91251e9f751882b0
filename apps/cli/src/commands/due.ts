import { dayOf, dueItems, today } from '@cliparity/steps';
import type { Run } from '../command-spec.js';
import { textOption } from './options.js';
import { withFindings } from './outcome.js';

export const run: Run = async ({ bench }, { args: [cli], options }) => {
  const asOf = dayOf(textOption(options, 'asOf') ?? today(bench.io), '--as-of');
  const { result, findings } = await dueItems(bench, { cli, asOf });
  return withFindings(result, findings);
};
