import { resolve } from 'node:path';
import { exportVersion } from '@cliparity/steps';
import type { Run } from '../command-spec.js';
import { listOption, textOption } from './options.js';
import { done } from './outcome.js';

export const run: Run = async ({ bench }, { args: [cli = '', version = ''], options }) => {
  const out = textOption(options, 'out');
  const format = textOption(options, 'format') ?? 'parity-v2';
  const targets = listOption(options, 'target');
  return done(
    await exportVersion(bench, { cli, version, format, targets, out: out === undefined ? undefined : resolve(out) }),
  );
};
