import { resolve } from 'node:path';
import { harvestDiff, harvestVersion } from '@cliparity/steps';
import type { Run } from '../command-spec.js';
import { countOption, isSet, listOption, textOption } from './options.js';
import { done, withFindings } from './outcome.js';

export const run: Run = async ({ bench }, { args: [cli = '', version = ''], options }) => {
  const from = textOption(options, 'diff');
  if (from !== undefined) return done(await harvestDiff(bench, cli, { from, to: version }));
  const out = textOption(options, 'out');
  const { result, findings } = await harvestVersion(bench, {
    cli,
    version,
    scenarios: listOption(options, 'scenario'),
    record: textOption(options, 'record'),
    runs: countOption(options, 'runs'),
    check: isSet(options, 'check'),
    out: out === undefined ? undefined : resolve(out),
  });
  return withFindings(result, findings);
};
