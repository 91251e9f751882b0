import { EXIT } from '@cliparity/model';
import { chainVersion, reportVersion } from '@cliparity/steps';
import type { Run } from '../command-spec.js';
import { isSet } from './options.js';
import { stepOutcome } from './outcome.js';

export const run: Run = async ({ bench }, { args: [cli = '', version = ''], options }) => {
  const check = isSet(options, 'check');
  const request = { cli, version, check, force: isSet(options, 'force') };
  const outcome = await (isSet(options, 'chain') ? chainVersion(bench, request) : reportVersion(bench, request));
  const rendered = stepOutcome(`reports of ${cli} ${version}`, [outcome], check);
  const missing = (outcome.result.data as { readonly missing?: number }).missing ?? 0;
  return isSet(options, 'exitCode') && missing > 0 ? { ...rendered, exitCode: EXIT.findings } : rendered;
};
