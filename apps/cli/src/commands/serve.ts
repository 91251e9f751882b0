import { resolve } from 'node:path';
import { UsageError } from '@cliparity/model';
import { serveModel } from '@cliparity/steps';
import type { Run } from '../command-spec.js';
import { countOption, textOption } from './options.js';
import { withFindings } from './outcome.js';

export const run: Run = async ({ bench }, { args, options }) => {
  if (args.length > 2) {
    throw new UsageError('SERVE_WORDS_TOO_MANY', `serve plays one script, and was given ${args.join(', ')}.`, {
      where: args[2] ?? '',
      remedy: 'Give the API, where it is to be checked, and one script; start another server for another script.',
    });
  }
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
