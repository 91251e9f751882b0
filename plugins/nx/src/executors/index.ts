import { availableParallelism } from 'node:os';
import type { ExecutorContext, TaskGraph } from '@nx/devkit';
import type { StepOptions } from '../graph/step-task.js';
import { runOne, type TaskOutcome } from './run-one.js';
import { schedule } from './schedule.js';
import { openTaskSession } from './session.js';

/**
 * Which tasks go before which though neither needs the other. A union was hashed with the snapshots of the other targets as they lay there when
 * Nx started, so it is made before a snapshot task of the same run replaces one: the next run sees the new file and makes it again.
 */
function unionsFirst(
  { tasks, dependencies }: Pick<TaskGraph, 'tasks' | 'dependencies'>,
  options: Readonly<Record<string, StepOptions>>,
): (id: string) => readonly string[] {
  const keyOf = ({ cli, version = '' }: StepOptions): string => `${cli} ${version}`;
  const ids = Object.keys(tasks).filter((id) => options[id]?.step === 'union');
  const unions = new Map(ids.map((id) => [keyOf(options[id] as StepOptions), id]));
  return (id) => {
    const own = options[id] as StepOptions;
    const union = own.step === 'snapshot' ? unions.get(keyOf(own)) : undefined;
    return union === undefined || dependencies[union]?.includes(id) === true ? [] : [union];
  };
}

/** Result of one task in a batch, as Nx reads it. Times are milliseconds since 1970. */
interface BatchResult extends TaskOutcome {
  readonly startTime: number;
  readonly endTime: number;
}

/**
 * Deriving is processor work and writes to one root at a time; transfers go beside it, and so do recordings, which mostly wait: as many at a
 * time as there are processors.
 */
function lanesOf(ids: readonly string[], options: Readonly<Record<string, StepOptions>>): (id: string) => string {
  const recordings = ids.filter((id) => options[id]?.scenario !== undefined);
  const lanes = new Map(recordings.map((id, at) => [id, `record ${at % availableParallelism()}`]));
  return (id) => lanes.get(id) ?? (options[id]?.step === 'acquire' ? 'transfer' : 'derive');
}

/** One task in a process of its own (`nx run … --batch=false`). */
export async function runTask(
  options: StepOptions,
  { root }: Pick<ExecutorContext, 'root'>,
): Promise<{ success: boolean }> {
  const session = openTaskSession(root);
  try {
    const { success, terminalOutput } = await runOne(session, options);
    process.stdout.write(terminalOutput);
    return { success };
  } finally {
    session.close();
  }
}

/** Any number of tasks in one process. A failing task is its own failure; only a fault of ours could end the batch. */
export async function* runTasks(
  graph: Pick<TaskGraph, 'tasks' | 'dependencies'>,
  options: Readonly<Record<string, StepOptions>>,
  ...[, { root }]: [overrides: unknown, context: Pick<ExecutorContext, 'root'>]
): AsyncGenerator<{ readonly task: string; readonly result: BatchResult }> {
  const session = openTaskSession(root);
  const run = async (id: string): Promise<BatchResult> => {
    const startTime = Date.now();
    const outcome = await runOne(session, options[id] as StepOptions);
    return { ...outcome, startTime, endTime: Date.now() };
  };
  try {
    const ids = Object.keys(graph.tasks);
    const dependenciesOf = (id: string): readonly string[] => graph.dependencies[id] ?? [];
    const succeeded = ({ success }: BatchResult): boolean => success;
    for await (const [task, result] of schedule({
      ids,
      dependenciesOf,
      rather: unionsFirst(graph, options),
      run,
      succeeded,
      laneOf: lanesOf(ids, options),
    })) {
      yield { task, result };
    }
  } finally {
    session.close();
  }
}
