import { status } from '@cliparity/steps';
import type { Run } from '../command-spec.js';
import { done } from './outcome.js';

export const run: Run = async ({ bench }, { args }) => done(await status(bench, args[0]));
