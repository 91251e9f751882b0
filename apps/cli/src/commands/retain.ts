import { retainVersions } from '@cliparity/steps';
import type { Run } from '../command-spec.js';
import { countOption, isSet } from './options.js';
import { done } from './outcome.js';

export const run: Run = async ({ bench }, { args: [cli = ''], options }) =>
  done(await retainVersions(bench, { cli, keep: countOption(options, 'keep'), apply: isSet(options, 'apply') }));
