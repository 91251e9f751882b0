import { explainCode, explainUnit, looksLikeCode } from '@cliparity/steps';
import type { Run } from '../command-spec.js';
import { textOption } from './options.js';
import { done } from './outcome.js';

export const run: Run = async ({ bench }, { args: [first = '', ...words], options }) => {
  if (words.length === 0 && looksLikeCode(first)) return done(explainCode(first));
  return done(await explainUnit(bench, first, { words, version: textOption(options, 'at') ?? 'newest' }));
};
