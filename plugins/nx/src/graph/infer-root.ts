import type { ProjectConfiguration } from '@nx/devkit';
import { configInputs, type ConfigInputs } from './config-inputs.js';
import type { CliparityNxOptions } from './options.js';
import { codeInputs, type CodeInputs } from './own-code.js';
import type { ManifestFacts, RootFacts, VersionFacts } from './read-root.js';
import { olderTasks, refusingTasks, rootTasks, unlockedTasks } from './root-tasks.js';
import { sharedInputs, type TaskSetting } from './step-task.js';
import { versionTasks } from './version-tasks.js';

/** Marks the projects of roots; one can name them with it: `nx run-many -t report --projects=tag:cliparity:root`. */
export const ROOT_TAG = 'cliparity:root';
const NO_MANIFEST: ManifestFacts = { expected: [], required: '', dialect: 'generic', sources: [], scenarios: [] };

export type Projects = Record<string, Omit<ProjectConfiguration, 'root'>>;

/** What is the same for all roots of a workspace. */
export interface Surroundings {
  readonly options: Required<CliparityNxOptions>;
  readonly code: CodeInputs;
  readonly config: ConfigInputs;
}

export function surroundingsOf(workspace: string, options: Required<CliparityNxOptions>): Surroundings {
  return { options, code: codeInputs(workspace), config: configInputs(workspace) };
}

function versionProject(
  setting: TaskSetting,
  facts: VersionFacts,
  project: string,
): Omit<ProjectConfiguration, 'root'> {
  return {
    name: `${project}@${facts.version}`,
    projectType: 'library',
    tags: ['cliparity:version'],
    // A change of the lock touches the root; through this its versions count as affected, and their hashes say which one is meant.
    implicitDependencies: [project],
    namedInputs: sharedInputs(setting),
    targets: versionTasks(setting, facts),
  };
}

/**
 * The projects of one root, by folder: the root’s own, and one per locked version whose folder is that of the version’s snapshots (it need
 * not exist). A root that cannot be read has tasks that say why.
 */
export function inferRoot(root: RootFacts, { options, code, config }: Surroundings): Projects {
  const { manifests, projectName, inputs: extra } = options;
  const name = projectName.replaceAll('{root}', root.name);
  const implicitDependencies = code.project === undefined ? [] : [code.project];
  const base = { name, projectType: 'library' as const, tags: [ROOT_TAG], implicitDependencies };
  const { manifest = NO_MANIFEST, versions, problem, older } = root;
  const setting: TaskSetting = { root, manifest, manifests, code, config, extra };
  if (problem !== undefined) return { [root.folder]: { ...base, targets: refusingTasks(setting, problem) } };
  const shared = { ...base, namedInputs: sharedInputs(setting) };
  if (older === true) return { [root.folder]: { ...shared, targets: olderTasks(setting) } };
  const newest = versions.at(-1);
  const targets =
    newest === undefined ? unlockedTasks(setting) : rootTasks(setting, newest, `${name}@${newest.version}`);
  const own = { ...shared, metadata: { description: `${root.name}: ${versions.length} locked versions` }, targets };
  const ofVersions = versions.map((facts) => [
    `${root.folder}/snapshots/${facts.version}`,
    versionProject(setting, facts, name),
  ]);
  return { [root.folder]: own, ...Object.fromEntries(ofVersions) } as Projects;
}
