import { resolve } from 'node:path';
import { serveModel } from '@cliparity/steps';
import type { Run } from '../command-spec.js';
import { countOption } from './options.js';
import { done } from './outcome.js';

export const run: Run = async ({ bench }, { args: [script = ''], options }) =>
  done(await serveModel(bench, resolve(script), countOption(options, 'port')));
