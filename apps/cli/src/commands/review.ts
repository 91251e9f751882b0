import { pendingFixtures, reviewFixtures, settlePending } from '@cliparity/steps';
import type { Run } from '../command-spec.js';
import { done } from './outcome.js';

export const pending: Run = async ({ bench }) => done(await pendingFixtures(bench));
export const review: Run = async ({ bench }) => done(await reviewFixtures(bench));
export const accept: Run = async ({ bench }, { args }) => done(await settlePending(bench, 'accept', args));
export const reject: Run = async ({ bench }, { args }) => done(await settlePending(bench, 'reject', args));
