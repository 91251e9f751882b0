import type { TargetConfiguration } from '@nx/devkit';
import type { VersionFacts } from './read-root.js';
import { fixturesOf } from './recorded-scenarios.js';
import { inWorkspace, stepTask, type TaskSetting } from './step-task.js';

type Tasks = Record<string, TargetConfiguration>;

/**
 * Records the scenario again and compares: a hit as long as neither the scenario, nor the program, nor the recorded streams changed. Its streams
 * are `<scenario>` or `<scenario>_<step>`; a scenario whose name begins with another one’s re-runs with it, which costs time and nothing else.
 */
function scenarioTask(setting: TaskSetting, { version, entries }: VersionFacts, scenario: string): TargetConfiguration {
  const { name } = setting.root;
  const { required } = setting.manifest;
  const digest = entries.find(({ target }) => target === required)?.digest;
  return stepTask(setting, {
    options: { step: 'harvest', version, scenario, digest },
    targets: [required],
    scenarios: [name, scenario, `${name}-${scenario}`],
    reads: [inWorkspace(`${fixturesOf(name, version)}/${scenario}{.,_}*`)],
    outputs: [],
  });
}

/** The scenarios of a version come from its recorded streams; those that the manifest names besides are the newest version’s to have. */
function scenariosOf({ root, manifest }: TaskSetting, facts: VersionFacts): readonly string[] {
  const asked = facts === root.versions.at(-1) ? manifest.scenarios : [];
  return [...new Set([...facts.scenarios, ...asked])].sort();
}

/**
 * `harvest:<scenario>` for each scenario of a version, and `harvest`, which waits for all of them and then looks at the folder as a whole: that
 * no stream is left over and that the schemas are what the streams give. It starts no program. Nothing where nothing was recorded.
 */
export function harvestTasks(setting: TaskSetting, facts: VersionFacts): Tasks {
  const scenarios = scenariosOf(setting, facts);
  if (scenarios.length === 0) return {};
  const { name } = setting.root;
  const { version, entries } = facts;
  const digest = entries.find(({ target }) => target === setting.manifest.required)?.digest;
  const ofScenarios = scenarios.map((scenario) => [`harvest:${scenario}`, scenarioTask(setting, facts, scenario)]);
  return {
    ...(Object.fromEntries(ofScenarios) as Tasks),
    harvest: stepTask(setting, {
      options: { step: 'harvest', version, digest },
      targets: [setting.manifest.required],
      scenarios: [name, `${name}-*`],
      reads: [inWorkspace(`${fixturesOf(name, version)}/**/*`)],
      dependsOn: scenarios.map((scenario) => ({ target: `harvest:${scenario}` })),
      outputs: [],
    }),
  };
}
