import type { TargetConfiguration } from '@nx/devkit';
import { harvestTasks } from './harvest-tasks.js';
import type { StepName } from './own-code.js';
import type { VersionFacts } from './read-root.js';
import { inWorkspace, placeOf, stepTask, type StepOptions, type TaskSetting } from './step-task.js';
import { expectedEntries, shownAgainst } from './version-tasks.js';

type Tasks = Record<string, TargetConfiguration>;
type Place = Pick<TaskSetting, 'root' | 'manifests'>;

/** The tasks that every root has, whatever state it is in. */
const ROOT_TASKS = ['acquire', 'snapshot', 'union', 'report', 'validate'] as const satisfies readonly StepName[];

/** Waits for one kind of task of the newest version, for every target; does nothing itself. */
function allTargets(step: 'acquire' | 'snapshot', { project, targets }: Newest): TargetConfiguration {
  return {
    executor: 'nx:noop',
    cache: true,
    inputs: [],
    dependsOn: targets.map((target) => ({ projects: [project], target: `${step}:${target}` })),
  };
}

interface Newest {
  readonly project: string;
  readonly version: string;
  readonly targets: readonly string[];
}

/** Says what the newest version’s task of this name made, and nothing else: it finds its outputs up to date. */
function shown(setting: TaskSetting, step: 'union' | 'report', { project, version }: Newest): TargetConfiguration {
  return stepTask(setting, {
    executor: 'root',
    options: { step, version },
    reads: [
      { dependentTasksOutputFiles: '**/*.json', transitive: true },
      ...(step === 'report' ? shownAgainst(setting, version) : []),
    ],
    dependsOn: [{ projects: [project], target: step }],
  });
}

/**
 * The content rules over the whole root. What the newest version’s tasks make may change in the same run, so it is hashed as it lies there
 * afterwards; a file set would hash what was there when Nx started.
 */
function validated(setting: TaskSetting, newest: Newest | undefined): TargetConfiguration {
  const { folder } = setting.root;
  const { required } = setting.manifest;
  const { project = '', version = '' } = newest ?? {};
  const made = [`snapshots/${version}/${required}.json`, `snapshots/${version}/union.json`, `reports/${version}/**/*`];
  return stepTask(setting, {
    executor: 'root',
    options: { step: 'validate' },
    reads: [
      inWorkspace(`${folder}/**/*`),
      ...(newest === undefined ? [] : made.map((path) => `!${inWorkspace(`${folder}/${path}`)}`)),
      ...(newest === undefined ? [] : [{ dependentTasksOutputFiles: `${folder}/**/*`, transitive: true }]),
    ],
    dependsOn: newest === undefined ? [] : [{ projects: [project], target: 'report' }],
  });
}

/** Waits for the newest version’s recorded streams; when only older versions have any, it says how the newest gets its own. */
function harvested(setting: TaskSetting, newest: VersionFacts, project: string): Tasks {
  const { root } = setting;
  if ('harvest' in harvestTasks(setting, newest)) {
    return {
      harvest: {
        executor: 'nx:noop',
        cache: true,
        inputs: [],
        dependsOn: [{ projects: [project], target: 'harvest' }],
      },
    };
  }
  if (root.versions.every(({ scenarios }) => scenarios.length === 0)) return {};
  const command = `cliparity harvest ${root.name} ${newest.version}`;
  return {
    harvest: refusing(setting, 'harvest', `${root.name} ${newest.version} has no recorded streams: ${command}`),
  };
}

/** The tasks of a root; those that need a version stand on the newest one in the lock. */
export function rootTasks(setting: TaskSetting, newest: VersionFacts, project: string): Tasks {
  const targets = expectedEntries(setting, newest).map(({ target }) => target);
  const on: Newest = { project, version: newest.version, targets };
  return {
    acquire: allTargets('acquire', on),
    snapshot: allTargets('snapshot', on),
    union: shown(setting, 'union', on),
    report: shown(setting, 'report', on),
    validate: validated(setting, on),
    ...harvested(setting, newest, project),
  };
}

/** The tasks of a root without a locked version: the files can be checked, the rest says what is missing. */
export function unlockedTasks(setting: TaskSetting): Tasks {
  const { folder, name } = setting.root;
  const problem = `${folder}/artifacts.lock.json has no version: pin one with cliparity lock ${name} VERSION`;
  return { ...refusingTasks(setting, problem), validate: validated(setting, undefined) };
}

/** A root in the older format is only read. */
export function olderTasks(setting: TaskSetting): Tasks {
  return { validate: validated(setting, undefined) };
}

function refusing(setting: Place, step: StepName, problem: string): TargetConfiguration<StepOptions> {
  return { executor: '@cliparity/nx:root', options: { step, ...placeOf(setting), problem } };
}

/** Tasks that fail with the reason, and are not cached. */
export function refusingTasks(setting: Place, problem: string): Tasks {
  return Object.fromEntries(ROOT_TASKS.map((step) => [step, refusing(setting, step, problem)]));
}
