import { EXIT } from '@cliparity/model';
import { chainVersion, checkOlder, reportVersion } from '@cliparity/steps';
import type { Run } from '../command-spec.js';
import { isSet } from './options.js';
import { stepOutcome } from './outcome.js';

export const run: Run = async ({ bench }, { args: [cli = '', version = ''], options }) => {
  const check = isSet(options, 'check');
  const request = { cli, version, check, force: isSet(options, 'force') };
  const older = await checkOlder(bench, 'report', request);
  const outcome = older ?? (await (isSet(options, 'chain') ? chainVersion : reportVersion)(bench, request));
  const rendered = stepOutcome(`reports of ${cli} ${version}`, [outcome], check);
  const missing = (outcome.result.data as { readonly missing?: number }).missing ?? 0;
  return isSet(options, 'exitCode') && missing > 0 ? { ...rendered, exitCode: EXIT.findings } : rendered;
};
