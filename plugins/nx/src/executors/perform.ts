import { UsageError, type Result } from '@cliparity/model';
import { reportVersion, unionVersion, validate, type Workbench } from '@cliparity/steps';
import type { StepOptions } from '../graph/step-task.js';
import { harvestTask } from './harvest-task.js';
import { acquireTask, captureTask, snapshotTask, type Shown } from './target-steps.js';

/** What a task did: something to show, and whether it counts as done. */
export interface Performed {
  readonly shown: Shown;
  readonly success: boolean;
}

const done = (shown: Shown): Performed => ({ shown, success: true });
const ofTarget = { acquire: acquireTask, capture: captureTask, snapshot: snapshotTask } as const;
const ofVersion = { union: unionVersion, report: reportVersion } as const;

function needed(value: string | undefined, name: string): string {
  if (value !== undefined) return value;
  throw new UsageError('NX_OPTION_MISSING', `the task lacks the option ${name}`, {
    where: name,
    remedy: 'Run the inferred tasks, or give the option in project.json.',
  });
}

/** Runs the step that the options name. */
export async function perform(bench: Workbench, options: StepOptions): Promise<Performed> {
  const { step, cli, force = false } = options;
  if (step === 'validate') {
    const { result, findings } = await validate(bench, { cli });
    return { shown: result, success: findings.length === 0 };
  }
  const version = needed(options.version, 'version');
  if (step === 'harvest') return harvestTask(bench, { cli, version, scenario: options.scenario });
  if (step === 'union' || step === 'report') {
    const { result } = await ofVersion[step](bench, { cli, version, force });
    return done(result satisfies Result);
  }
  return done(await ofTarget[step]({ bench, cli, version, target: needed(options.target, 'target'), force }));
}
