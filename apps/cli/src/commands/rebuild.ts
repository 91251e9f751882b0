import { UsageError } from '@cliparity/model';
import { findingsResult, rebuild } from '@cliparity/steps';
import type { Run } from '../command-spec.js';
import { isSet } from './options.js';
import { withFindings } from './outcome.js';

export const run: Run = async ({ bench }, { args: [cli], options }) => {
  if ((cli === undefined) !== isSet(options, 'all')) {
    throw new UsageError('REBUILD_WHAT', 'name one root, or say --all', {
      remedy: 'cliparity rebuild codex, or cliparity rebuild --all',
    });
  }
  const check = isSet(options, 'check');
  const { result, findings } = await rebuild(bench, { cli, check });
  const isWrong = check || findings.length > 0;
  return withFindings(isWrong ? findingsResult(`derived files of ${cli ?? 'every root'}`, findings) : result, findings);
};
