import type { TargetConfiguration } from '@nx/devkit';
import { baselineOf } from './baselines.js';
import { harvestTasks } from './harvest-tasks.js';
import { anyOf } from './own-code.js';
import type { EntryFacts, VersionFacts } from './read-root.js';
import { inWorkspace, stepTask, type TaskSetting } from './step-task.js';

type Tasks = Record<string, TargetConfiguration>;

/** What a report is shown against, and of which its files know nothing: coverage, waivers, and the union of the last validated version before. */
export function shownAgainst({ root }: TaskSetting, version: string): readonly string[] {
  const baseline = baselineOf(root.validated ?? [], version);
  return [
    inWorkspace(`${root.folder}/{wrapper_coverage,waivers}.json`),
    ...(baseline === undefined ? [] : [inWorkspace(`${root.folder}/snapshots/${baseline}/union.json`)]),
  ];
}

/** The entries of a version whose targets the root expects, in the root’s order. */
export function expectedEntries({ manifest }: TaskSetting, { entries }: VersionFacts): readonly EntryFacts[] {
  return manifest.expected.flatMap((target) => entries.filter((entry) => entry.target === target));
}

/**
 * acquire → capture → snapshot of one target. The pages are an output of `capture` and no input of `snapshot`: what they say follows from the
 * binary and the settings, which are inputs of both. So a snapshot has one hash on the machine that captured and on one that did not.
 */
function targetTasks(setting: TaskSetting, version: string, { target, digest, binarySha256 }: EntryFacts): Tasks {
  const { folder, name } = setting.root;
  const options = { version, target, digest };
  const receipt = `${version}-${target}`.replaceAll('+', '_');
  return {
    [`acquire:${target}`]: stepTask(setting, {
      options: { step: 'acquire', ...options },
      targets: [target],
      outputs: [inWorkspace(`.cliparity/receipts/${name}/acquire-${receipt}.json`)],
    }),
    [`capture:${target}`]: stepTask(setting, {
      options: { step: 'capture', ...options },
      targets: [target],
      dependsOn: [{ target: `acquire:${target}` }],
      outputs: [
        inWorkspace(`.cliparity/receipts/${name}/capture-${receipt}.json`),
        inWorkspace(`.cliparity/pages/${binarySha256}`),
      ],
    }),
    [`snapshot:${target}`]: stepTask(setting, {
      options: { step: 'snapshot', ...options },
      targets: [target],
      reads: [inWorkspace(`${folder}/supplement/commands.json`)],
      dependsOn: [{ target: `capture:${target}` }],
      outputs: [inWorkspace(`${folder}/snapshots/${version}/${target}.json`)],
    }),
  };
}

/**
 * The tasks of one version. The union waits for the required target alone, since a target that this machine cannot run must not stop it;
 * the other targets’ snapshots are read as they lie there.
 */
export function versionTasks(setting: TaskSetting, facts: VersionFacts): Tasks {
  const { folder } = setting.root;
  const { required, expected } = setting.manifest;
  const { version } = facts;
  const entries = expectedEntries(setting, facts);
  const others = expected.filter((target) => target !== required);
  const hasRequired = entries.some(({ target }) => target === required);
  return {
    ...Object.assign({}, ...entries.map((entry) => targetTasks(setting, version, entry))),
    union: stepTask(setting, {
      options: { step: 'union', version },
      reads: [
        ...(hasRequired ? [{ dependentTasksOutputFiles: '**/*.json' }] : []),
        ...(others.length > 0 ? [inWorkspace(`${folder}/snapshots/${version}/${anyOf(others)}.json`)] : []),
      ],
      dependsOn: hasRequired ? [{ target: `snapshot:${required}` }] : [],
      outputs: [inWorkspace(`${folder}/snapshots/${version}/union.json`)],
    }),
    report: stepTask(setting, {
      options: { step: 'report', version },
      reads: [{ dependentTasksOutputFiles: '**/*.json' }, ...shownAgainst(setting, version)],
      dependsOn: [{ target: 'union' }],
      outputs: [inWorkspace(`${folder}/reports/${version}`)],
    }),
    ...harvestTasks(setting, facts),
  };
}
