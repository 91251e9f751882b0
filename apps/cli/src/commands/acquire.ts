import { resolve } from 'node:path';
import { acquireVersion } from '@cliparity/steps';
import type { Run } from '../command-spec.js';
import { listOption, textOption } from './options.js';
import { done } from './outcome.js';

export const run: Run = async ({ bench }, { args: [cli = '', version = ''], options }) => {
  const link = textOption(options, 'link');
  const targets = listOption(options, 'target');
  return done(
    await acquireVersion(bench, { cli, version, targets, link: link === undefined ? undefined : resolve(link) }),
  );
};
