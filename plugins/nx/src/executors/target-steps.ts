import { acquireEntry, acquireOnce, capturePages, snapshotTarget, type Workbench } from '@cliparity/steps';
import { CouldNotRun, type Result } from '@cliparity/model';
import { targetStateOf, type TargetState } from './target-state.js';

/** A task of one target. */
export interface TargetTask {
  readonly bench: Workbench;
  readonly cli: string;
  readonly version: string;
  readonly target: string;
  readonly force: boolean;
}
/** What a task leaves to be shown. */
export type Shown = string | Result;

const nameOf = ({ shared, target }: TargetState): string => `${shared.root.name} ${shared.version} ${target.id}`;

/**
 * Bytes are fetched only when a page must be captured here: not when the committed snapshot is up to date, not when its pages are there, not
 * for a target that this machine cannot run. Verifying every artifact is `cliparity acquire`.
 */
export async function acquireTask(task: TargetTask): Promise<Shown> {
  const state = await targetStateOf(task.bench, task);
  const name = nameOf(state);
  if (task.force) {
    const { fromStore } = await acquireEntry(state.shared.root, state.entry);
    return `${name}: ${fromStore ? 'in the store' : 'transferred'}, verified`;
  }
  if (state.stands) return `${name}: nothing to fetch, the committed snapshot is up to date`;
  if (state.hasPages) return `${name}: nothing to fetch, its pages are in the page store`;
  if (state.notHere !== undefined) return `${name}: nothing fetched, ${state.notHere}`;
  return `${name}: ${await acquireOnce(state.shared.root, state.entry)}`;
}

/** @throws CouldNotRun NOT_RUNNABLE_HERE when a page is needed that only another machine can bring */
export async function captureTask(task: TargetTask): Promise<Shown> {
  const state = await targetStateOf(task.bench, task);
  const { shared, entry, target } = state;
  const name = nameOf(state);
  if (!task.force && state.stands && !state.hasPages) return `${name}: the committed snapshot is up to date`;
  try {
    const { spawned, pages } = await capturePages({ root: shared.root, entry, target, dialect: shared.dialect });
    return `${name}: ${pages.length} pages, ${spawned === 0 ? 'all from the page store' : `${spawned} processes started`}`;
  } catch (error) {
    if (!standsElsewhere(error, state)) throw error;
    return `${name}: the committed snapshot is up to date; ${state.notHere ?? ''}`;
  }
}

/**
 * Reads the pages again where they are at hand, though the digests agree: a task runs only when something changed, and a dialect whose
 * revision somebody forgot to raise is found here. Without pages the committed snapshot stands when it is up to date.
 * @throws CouldNotRun NOT_RUNNABLE_HERE, so that no cache keeps the answer of a machine that could not tell
 */
export async function snapshotTask(task: TargetTask): Promise<Shown> {
  const state = await targetStateOf(task.bench, task);
  const { shared, target } = state;
  try {
    const force = task.force || (state.hasPages && state.notHere === undefined);
    return (await snapshotTarget(shared, target, { force })).result;
  } catch (error) {
    if (!standsElsewhere(error, state)) throw error;
    return (await snapshotTarget(shared, target, {})).result;
  }
}

const standsElsewhere = (error: unknown, { stands }: TargetState): boolean =>
  stands && error instanceof CouldNotRun && error.code === 'NOT_RUNNABLE_HERE';
