import { resolve } from 'node:path';
import { serveModel } from '@cliparity/steps';
import type { Run } from '../command-spec.js';
import { countOption, textOption } from './options.js';
import { withFindings } from './outcome.js';

export const run: Run = async ({ bench }, { args, options }) => {
  const [api, script] = args.length > 1 ? args : [undefined, args[0]];
  const requests = textOption(options, 'requests');
  const { result, findings } = await serveModel(bench, {
    path: resolve(script ?? ''),
    api,
    port: countOption(options, 'port'),
    requests: requests === undefined ? undefined : resolve(requests),
  });
  return withFindings(result, findings);
};
