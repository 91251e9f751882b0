import { resolve } from 'node:path';
import { supportMatrix } from '@cliparity/steps';
import type { Run } from '../command-spec.js';
import { isSet, textOption } from './options.js';
import { withFindings } from './outcome.js';

export const run: Run = async ({ bench }, { options }) => {
  const out = textOption(options, 'out');
  const { result, findings } = await supportMatrix(bench, {
    out: out === undefined ? undefined : resolve(out),
    check: isSet(options, 'check'),
  });
  return withFindings(result, findings);
};
