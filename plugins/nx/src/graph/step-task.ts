import type { ProjectConfiguration, TargetConfiguration } from '@nx/devkit';
import type { ConfigInputs } from './config-inputs.js';
import type { CodeInputs, StepName, TaskInput } from './own-code.js';
import { USUAL_MANIFESTS } from './options.js';
import type { ManifestFacts, RootFacts } from './read-root.js';

/** What all tasks of a root share. */
export interface TaskSetting {
  readonly root: RootFacts;
  readonly manifest: ManifestFacts;
  /** Folder of the roots, relative to the workspace. */
  readonly manifests: string;
  readonly code: CodeInputs;
  /** The configuration and its plugins. */
  readonly config: ConfigInputs;
  /** What the user adds to every task. */
  readonly extra: readonly string[];
}
/** The options of both executors. */
export interface StepOptions {
  readonly step: StepName;
  readonly cli: string;
  /** Folder of the roots, where it is not the usual one. */
  readonly manifests?: string | undefined;
  readonly version?: string | undefined;
  readonly target?: string | undefined;
  /** The scenario, for `harvest`; all of them as they lie there unless said. */
  readonly scenario?: string | undefined;
  /** Digest of the lock entry; there for the hash alone. */
  readonly digest?: string | undefined;
  /** Our version, where Nx cannot know it from the lock file; there for the hash alone. */
  readonly tool?: string | undefined;
  /** Why the task cannot run. */
  readonly problem?: string | undefined;
  /** Run although the outputs are up to date. */
  readonly force?: boolean | undefined;
}
export interface TaskParts {
  readonly options: Omit<StepOptions, 'cli' | 'manifests' | 'tool'>;
  /** Targets whose plugins the task uses; all expected ones unless said. */
  readonly targets?: readonly string[];
  /** Folders of the scenarios that the task records. */
  readonly scenarios?: readonly string[];
  readonly reads?: readonly TaskInput[];
  readonly outputs?: string[];
  readonly dependsOn?: TargetConfiguration['dependsOn'];
  /** `step` unless said. Tasks of one executor share a batch, where a task runs whenever one that it depends on did. */
  readonly executor?: 'step' | 'root';
}

/** A path of the workspace in Nx’s words. */
export const inWorkspace = (path: string): string => `{workspaceRoot}/${path}`;

/** The options that name the root. */
export const placeOf = ({
  root,
  manifests,
}: Pick<TaskSetting, 'root' | 'manifests'>): Pick<StepOptions, 'cli' | 'manifests'> => ({
  cli: root.name,
  ...(manifests !== USUAL_MANIFESTS && { manifests }),
});

/** The plugins of the user’s own that hold the scenarios; a name with a star stands for all of them. */
function scenarioInputs({ scenarios }: ConfigInputs, folders: readonly string[]): readonly TaskInput[] {
  const isMeant = (id: string): boolean => folders.some((folder) => folder === id || folder.endsWith('*'));
  return scenarios.filter(({ ids }) => ids.some(isMeant)).flatMap(({ inputs }) => inputs);
}

/**
 * What all tasks of a project have for inputs, as one named input of the project: Nx keeps a record of every single input of every task, and a
 * graph has thousands of tasks.
 */
export function sharedInputs({
  root,
  code,
  config,
  extra,
}: TaskSetting): NonNullable<ProjectConfiguration['namedInputs']> {
  const inputs = [inWorkspace(`${root.folder}/cliparity.json`), ...(code.all ?? []), ...config.all, ...extra];
  return { [SHARED_INPUTS]: inputs } as NonNullable<ProjectConfiguration['namedInputs']>;
}
const SHARED_INPUTS = 'cliparity';

/** A cached task that runs one step. Its inputs: settings, our code, the plugins in use, and what it reads. Never the host, never the clock. */
export function stepTask(setting: TaskSetting, parts: TaskParts): TargetConfiguration<StepOptions> {
  const { manifest, code, config } = setting;
  const { options, targets = manifest.expected, reads = [], executor = 'step' } = parts;
  const { dialect, sources } = manifest;
  const inUse = { targets, dialect, sources, ...(parts.scenarios !== undefined && { scenarios: parts.scenarios }) };
  const plugins = scenarioInputs(config, parts.scenarios ?? []);
  const inputs = [SHARED_INPUTS, ...reads, ...code.of(options.step, inUse), ...plugins];
  return {
    executor: `@cliparity/nx:${executor}`,
    cache: true,
    inputs: inputs as NonNullable<TargetConfiguration['inputs']>,
    ...(parts.outputs !== undefined && { outputs: parts.outputs }),
    ...(parts.dependsOn !== undefined && { dependsOn: parts.dependsOn }),
    options: { ...placeOf(setting), ...options, ...(code.version !== undefined && { tool: code.version }) },
  };
}
