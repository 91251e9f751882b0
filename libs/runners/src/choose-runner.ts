import { CouldNotRun } from '@cliparity/model';
import { archName, hostOf, type Host } from './host.js';
import { nativeRunner } from './native-runner.js';
import { nodeRunner } from './node-runner.js';
import { qemuRunner } from './qemu-runner.js';
import type { Runner, RunTarget } from './runner.js';

/** Every runner that a machine may have, in the order of preference: what needs no emulation comes first. */
export function runnersOf(host: Host): readonly Runner[] {
  return [nativeRunner, nodeRunner, ...(host.emulators ?? []).map(qemuRunner)];
}

/** The runner to use, or why there is none. */
export type RunnerChoice =
  | { readonly ok: true; readonly runner: Runner }
  | { readonly ok: false; readonly reason: string; readonly remedy: string };

/** The one made for this kind of target: its refusal says most. */
function meantFor(target: RunTarget, host: Host): Runner {
  if (target.os === 'any') return nodeRunner;
  const emulator = host.emulators?.find(({ arch }) => target.os === 'linux' && arch === archName(target.arch));
  return emulator === undefined ? nativeRunner : qemuRunner(emulator);
}

/** The first runner that can execute the target here; if none can, the reason of the one made for that kind of target. */
export function chooseRunner(target: RunTarget, host: Host = hostOf()): RunnerChoice {
  const runner = runnersOf(host).find((one) => one.canRun(target, host).ok);
  if (runner !== undefined) return { ok: true, runner };
  const refusal = meantFor(target, host).canRun(target, host);
  if (!refusal.ok) return refusal;
  return { ok: false, reason: `no runner is known for ${target.id}`, remedy: 'Use a machine that runs it.' };
}

/** Whether a target runs here as what it is. Only for such a target something is fetched or run for its own sake; an emulator is a spare. */
export const runsNatively = (choice: RunnerChoice): boolean => choice.ok && choice.runner.id !== 'qemu-user';

/**
 * As `chooseRunner`, but refuses with an error.
 * @throws CouldNotRun NOT_RUNNABLE_HERE
 */
export function requireRunner(target: RunTarget, host: Host = hostOf()): Runner {
  const choice = chooseRunner(target, host);
  if (choice.ok) return choice.runner;
  throw new CouldNotRun('NOT_RUNNABLE_HERE', choice.reason, { where: target.id, remedy: choice.remedy });
}
