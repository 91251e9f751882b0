import { readFileSync, realpathSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { ownFolder } from '../own-folder.js';

/** One input of a task, in Nx’s own words. */
export type TaskInput =
  | string
  | { readonly externalDependencies: string[] }
  | { readonly dependentTasksOutputFiles: string; readonly transitive?: boolean }
  | { readonly json: string; readonly fields: string[] };

export const STEP_NAMES = ['acquire', 'capture', 'snapshot', 'union', 'report', 'validate', 'harvest'] as const;
export type StepName = (typeof STEP_NAMES)[number];

/** What of our own code and of the plugins a task’s result depends on. */
export interface CodeInputs {
  /** The Nx project that holds our code, when we are part of the workspace: what a change of it affects, it affects through this one. */
  readonly project?: string;
  /** How the hash changes with our version when we are installed and Nx does not know the package. */
  readonly version?: string;
  /** Of every task. */
  readonly all?: readonly TaskInput[];
  of(step: StepName, parts: PartsInUse): readonly TaskInput[];
}
/** The plugins that a task uses, by id. */
export interface PartsInUse {
  readonly targets: readonly string[];
  readonly dialect: string;
  readonly sources: readonly string[];
  /** Folders of scenarios. */
  readonly scenarios?: readonly string[];
}

/** The name that we are installed under. */
export const PACKAGE = '@cliparity/nx';
const SHARED = ['model', 'plugin-api', 'manifest-store', 'kernel', 'steps', 'redact'];
const LIBS: Readonly<Record<StepName, readonly string[]>> = {
  acquire: ['acquisition'],
  capture: ['acquisition', 'capture', 'runners'],
  snapshot: ['acquisition', 'capture', 'runners', 'help-text', 'surface'],
  union: ['surface'],
  report: ['coverage', 'lifecycle', 'runners'],
  validate: ['acquisition', 'capture', 'coverage', 'help-text', 'rules', 'surface', 'lifecycle'],
  harvest: ['acquisition', 'harvest', 'model-server', 'runners'],
};

/** One glob for several names: a graph of many versions holds every string many times. */
export const anyOf = (names: readonly string[]): string =>
  names.length === 1 ? `${names[0] ?? ''}` : `{${names.join(',')}}`;

/** Sources of libraries and of the plugins used; a family’s own files beside its plugins’ folders count for all of them. */
function sourcesOf(step: StepName, { targets, dialect, sources, scenarios = [] }: PartsInUse): readonly string[] {
  const families: Readonly<Record<string, readonly string[]>> = {
    targets,
    reporters: ['pretty'],
    ...((step === 'acquire' || step === 'validate') && { sources }),
    ...((step === 'snapshot' || step === 'validate') && { dialects: [dialect] }),
  };
  // Without the family's own files: its registry changes with every scenario that is added, and says nothing about the others.
  const inUse = [...Object.entries(families), ['scenarios', scenarios] as const].filter(([, ids]) => ids.length > 0);
  const at = (path: string): string => `{workspaceRoot}/${path}`;
  return [
    at(`libs/${anyOf([...SHARED, ...LIBS[step]])}/src/**/*.ts`),
    at('plugins/nx/src/executors/**/*.ts'),
    at(`plugins/${anyOf(Object.keys(families))}/src/*.ts`),
    ...inUse.map(([name, ids]) => at(`plugins/${name}/src/${anyOf(ids)}/**/*.ts`)),
    `!${at('{libs,plugins}/**/*.spec.ts')}`,
  ];
}

function readManifest(folder: string): Record<string, Record<string, string> | undefined> & { version?: string } {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<string, never>;
  } catch {
    // A workspace need not have one: then nothing is installed by it.
    return {};
  }
}

const isDependency = (workspace: string, name: string): boolean => {
  const { dependencies, devDependencies } = readManifest(workspace);
  const range = { ...dependencies, ...devDependencies }[name];
  // Nx knows what the lock file holds; a linked folder is not in it.
  return range !== undefined && !/^(?:file|link|workspace|portal):/.test(range);
};

/**
 * Our own code as inputs: file sets when we are part of the workspace (Nx does not hash an executor’s source), else our package’s version.
 * @param workspace absolute
 */
export function codeInputs(workspace: string): CodeInputs {
  const own = ownFolder();
  const way = relative(realpathSync(workspace), realpathSync(own)).split(sep).join('/');
  if (way === 'plugins/nx') return { project: readManifest(own)['nx']?.['name'] ?? PACKAGE, of: sourcesOf };
  if (isDependency(workspace, PACKAGE)) return { all: [{ externalDependencies: [PACKAGE] }], of: () => [] };
  return { version: readManifest(own).version ?? 'unknown', of: () => [] };
}
