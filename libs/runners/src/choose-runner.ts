import { CouldNotRun } from '@cliparity/model';
import { hostOf, type Host } from './host.js';
import { nativeRunner } from './native-runner.js';
import { nodeRunner } from './node-runner.js';
import type { Runner, RunTarget } from './runner.js';

/** Every runner there is, in the order of preference. */
export const RUNNERS: readonly Runner[] = [nativeRunner, nodeRunner];

/** The runner to use, or why there is none. */
export type RunnerChoice =
  | { readonly ok: true; readonly runner: Runner }
  | { readonly ok: false; readonly reason: string; readonly remedy: string };

/** The first runner that can execute the target here; if none can, the reason of the one made for that kind of target. */
export function chooseRunner(
  target: RunTarget,
  host: Host = hostOf(),
  runners: readonly Runner[] = RUNNERS,
): RunnerChoice {
  const answers = runners.map((runner) => ({ runner, can: runner.canRun(target, host) }));
  const fit = answers.find(({ can }) => can.ok);
  if (fit !== undefined) return { ok: true, runner: fit.runner };
  const meant = target.os === 'any' ? 'node' : 'native';
  const refusal = (answers.find(({ runner }) => runner.id === meant) ?? answers[0])?.can;
  if (refusal !== undefined && !refusal.ok) return refusal;
  return { ok: false, reason: `no runner is known for ${target.id}`, remedy: 'Use a machine that runs it.' };
}

/**
 * As `chooseRunner`, but refuses with an error.
 * @throws CouldNotRun NOT_RUNNABLE_HERE
 */
export function requireRunner(target: RunTarget, host: Host = hostOf()): Runner {
  const choice = chooseRunner(target, host);
  if (choice.ok) return choice.runner;
  throw new CouldNotRun('NOT_RUNNABLE_HERE', choice.reason, { where: target.id, remedy: choice.remedy });
}
