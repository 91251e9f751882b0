import { UsageError } from '@cliparity/model';
import type { Plan, PlanStep, Scenario } from '@cliparity/plugin-api';
import { isLoopback } from '@cliparity/model-server';

/** Several exit codes are said for a race only, and then they are all that is said. */
const exitsProblem = (step: PlanStep): string | undefined =>
  step.kind !== 'exec' || step.exits === undefined || (step.exit === undefined && new Set(step.exits).size > 1)
    ? undefined
    : 'a step’s `exits` has fewer than two codes, or stands beside `exit`.';

const wrong = (scenario: string, code: string, [message, remedy]: readonly [string, string]): UsageError =>
  new UsageError(code, `Scenario ${scenario}: ${message}`, { where: scenario, remedy });

/** A path below `cwd/` or `home/` that stays there on every system. */
const staysInside = (path: string): boolean =>
  /^(?:cwd|home)\/[^\\:]+$/.test(path) && path.split('/').every((word) => word !== '' && word !== '.' && word !== '..');

function checkFiles(scenario: string, { files }: Plan): void {
  const outside = Object.keys(files).find((path) => !staysInside(path));
  if (outside === undefined) return;
  throw wrong(scenario, 'SCENARIO_FILE_OUTSIDE', [
    `the file ${JSON.stringify(outside)} lies outside its folders.`,
    'Put files below cwd/ or home/, with / between names and without dots for folders.',
  ]);
}

/** What a step says to the upstream while it runs. */
const said = (step: PlanStep): readonly string[] =>
  step.kind === 'exec' ? [step.stdin ?? ''] : [JSON.stringify([step.moves, step.answers])];

function checkHosts(scenario: string, plan: Plan): void {
  const texts = [
    ...Object.values(plan.files),
    ...Object.values(plan.env ?? {}),
    ...plan.steps.flatMap((step) => [...step.argv, ...Object.values(step.env ?? {}), ...said(step)]),
  ];
  for (const text of texts) {
    for (const [, host = ''] of text.matchAll(/\b(?:https?|wss?):\/\/(?:[^\s/@"'`]*@)?(\[[^\]]*\]|[^\s/:"'`]+)/gi)) {
      if (host.startsWith('{{') || isLoopback(host) || /(?:^|\.)example(?:\.|$)|\.(?:test|invalid)$/.test(host))
        continue;
      throw wrong(scenario, 'SCENARIO_NOT_LOOPBACK', [
        `it names the host ${host}, which is not loopback.`,
        'Scenarios talk to the scripted model at {{model}} and to nobody else; names for show end in .example or .test.',
      ]);
    }
  }
}

function checkSteps(scenario: string, { steps }: Plan): void {
  const names = steps.map(({ name }) => name ?? '');
  const bad = names.find((name) => name !== '' && !/^[a-z0-9_]+$/.test(name));
  const problem =
    steps.length === 0
      ? 'it has no step.'
      : new Set(names).size < names.length
        ? 'two of its steps have the same name.'
        : bad === undefined
          ? steps.map(exitsProblem).find((one) => one !== undefined)
          : `a step cannot be called ${JSON.stringify(bad)}.`;
  if (problem === undefined) return;
  throw wrong(scenario, 'SCENARIO_STEPS_INVALID', [
    problem,
    'Give each step a name of its own in a-z, 0-9 and _, and one way to say how it may end.',
  ]);
}

/** Refuses a plan before anything of it runs. Errors: SCENARIO_FILE_OUTSIDE, SCENARIO_NOT_LOOPBACK, SCENARIO_STEPS_INVALID. */
export function checkPlan(scenario: string, plan: Plan): Plan {
  checkSteps(scenario, plan);
  checkFiles(scenario, plan);
  checkHosts(scenario, plan);
  return plan;
}

/** A scenario's name without the upstream's: `codex-thread_basic` of codex is `thread_basic`. */
export function scenarioName({ id, cli }: Pick<Scenario, 'id' | 'cli'>): string {
  return id.startsWith(`${cli}-`) ? id.slice(cli.length + 1) : id;
}

/** The names of a scenario's streams, which are the names of its fixtures, in order of its steps. */
export function streamNames(name: string, { steps }: Pick<Plan, 'steps'>): readonly string[] {
  return steps.map((step) => (step.name === undefined ? name : `${name}_${step.name}`));
}
