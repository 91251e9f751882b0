import { resolve } from 'node:path';
import { importSnapshots } from '@cliparity/steps';
import type { Run } from '../command-spec.js';
import { isSet } from './options.js';
import { done } from './outcome.js';

export const run: Run = async ({ bench }, { args: [cli = '', dir = '.'], options }) =>
  done(await importSnapshots(bench, { cli, dir: resolve(dir), dryRun: isSet(options, 'dryRun') }));
