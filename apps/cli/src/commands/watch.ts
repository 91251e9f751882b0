import { EXIT } from '@cliparity/model';
import { watchUpstream } from '@cliparity/steps';
import type { Run } from '../command-spec.js';
import { isSet } from './options.js';

export const run: Run = async ({ bench }, { args: [cli = ''], options }) => {
  const { result, candidate } = await watchUpstream(bench, cli);
  return { result, exitCode: isSet(options, 'exitCode') && candidate !== undefined ? EXIT.findings : EXIT.done };
};
