import type { TargetConfiguration } from '@nx/devkit';
import type { CodeInputs, StepName, TaskInput } from './own-code.js';
import type { ManifestFacts, RootFacts } from './read-root.js';

/** What all tasks of a root share. */
export interface TaskSetting {
  readonly root: RootFacts;
  readonly manifest: ManifestFacts;
  /** Folder of the roots, relative to the workspace. */
  readonly manifests: string;
  readonly code: CodeInputs;
  /** The configuration and its plugins. */
  readonly config: readonly TaskInput[];
  /** What the user adds to every task. */
  readonly extra: readonly string[];
}
/** The options of both executors. */
export interface StepOptions {
  readonly step: StepName;
  readonly cli: string;
  readonly manifests: string;
  readonly version?: string | undefined;
  readonly target?: string | undefined;
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
  readonly reads?: readonly TaskInput[];
  readonly outputs?: string[];
  readonly dependsOn?: TargetConfiguration['dependsOn'];
  /** `step` unless said. Tasks of one executor share a batch, where a task runs whenever one that it depends on did. */
  readonly executor?: 'step' | 'root';
}

/** A path of the workspace in Nx’s words. */
export const inWorkspace = (path: string): string => `{workspaceRoot}/${path}`;

/** A cached task that runs one step. Its inputs: settings, our code, the plugins in use, and what it reads. Never the host, never the clock. */
export function stepTask(setting: TaskSetting, parts: TaskParts): TargetConfiguration<StepOptions> {
  const { root, manifest, manifests, code, config, extra } = setting;
  const { options, targets = manifest.expected, reads = [], executor = 'step' } = parts;
  const inUse = { targets, dialect: manifest.dialect, sources: manifest.sources };
  const settings = inWorkspace(`${root.folder}/cliparity.json`);
  const inputs = [settings, ...reads, ...code.of(options.step, inUse), ...config, ...extra];
  return {
    executor: `@cliparity/nx:${executor}`,
    cache: true,
    inputs: inputs as NonNullable<TargetConfiguration['inputs']>,
    ...(parts.outputs !== undefined && { outputs: parts.outputs }),
    ...(parts.dependsOn !== undefined && { dependsOn: parts.dependsOn }),
    options: { cli: root.name, manifests, ...options, ...(code.version !== undefined && { tool: code.version }) },
  };
}
