import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { TaskInput } from './own-code.js';

/** Where a workspace’s configuration may stand; the names that the command looks for. */
const CONFIG_FILES = ['json', 'yaml', 'yml', 'js', 'mjs', 'cjs', 'ts'].map((end) => `cliparity.config.${end}`);

const read = (path: string): string | undefined => (existsSync(path) ? readFileSync(path, 'utf8') : undefined);

interface PackageFacts {
  readonly dependencies: readonly string[];
  /** The text of the `cliparity` key. */
  readonly config?: string;
}

function packageFacts(workspace: string): PackageFacts {
  try {
    const manifest = JSON.parse(read(join(workspace, 'package.json')) ?? '{}') as Record<string, object | undefined>;
    const { dependencies, devDependencies, cliparity } = manifest;
    const names = Object.keys({ ...dependencies, ...devDependencies });
    return { dependencies: names, ...(cliparity !== undefined && { config: JSON.stringify(cliparity) }) };
  } catch {
    // Npm and Nx say themselves what is wrong with a package.json.
    return { dependencies: [] };
  }
}

/** The configuration and the plugins it names, as inputs. */
export interface ConfigInputs {
  /** Of every task. */
  readonly all: readonly TaskInput[];
  /** A folder of scenarios alone concerns nothing but what is recorded with them: its inputs and the scenarios’ ids. */
  readonly scenarios: readonly { readonly ids: readonly string[]; readonly inputs: readonly TaskInput[] }[];
}

/** The file, or the files below the folder, that a relative path in the configuration leads to. */
function pathInputs(workspace: string, path: string): readonly string[] {
  const place = posix.normalize(path);
  if (place.startsWith('..') || !existsSync(join(workspace, place))) return [];
  const folder = statSync(join(workspace, place)).isDirectory() ? place : posix.dirname(place);
  // A plugin beside the configuration: its own files and not the whole workspace.
  return folder === '.' ? [`{workspaceRoot}/${place}`] : [`{workspaceRoot}/${folder}/**/*`];
}

/** What a plugin’s entry contributes, read from its text: the ids, when all it speaks of are scenarios and nothing is spread into it. */
function scenarioIds(workspace: string, path: string): readonly string[] {
  const text = /\.[cm]?[jt]s$/.test(path) ? (read(join(workspace, path)) ?? '') : '';
  if (text.includes('...')) return [];
  const words = (key: string): readonly string[] =>
    [...text.matchAll(new RegExp(`\\b${key}\\s*:\\s*(?:(['"])([\\w.-]+)\\1|\\S)`, 'g'))].map(
      ([, , word]) => word ?? '',
    );
  const [kinds, ids] = [words('kind'), words('id')];
  return kinds.length > 0 && kinds.every((kind) => kind === 'scenario') && kinds.length === ids.length ? ids : [];
}

/**
 * The configuration and the plugins it names, as inputs. The text is searched for relative paths and for names of installed packages instead
 * of being run: no code of a plugin or of a configuration runs while the graph is built, and a word too many only re-runs a task.
 */
export function configInputs(workspace: string): ConfigInputs {
  const { dependencies, config } = packageFacts(workspace);
  const file = CONFIG_FILES.find((name) => existsSync(join(workspace, name)));
  const text = file === undefined ? config : read(join(workspace, file));
  if (text === undefined) return { all: [], scenarios: [] };
  const plugins = [...text.matchAll(/["'\s](\.\.?\/[^"'\s,\]]+)/g)].map(([, path = '']) => ({
    ids: scenarioIds(workspace, path),
    inputs: pathInputs(workspace, path),
  }));
  const paths = plugins.filter(({ ids }) => ids.length === 0).flatMap(({ inputs }) => inputs);
  const words = new Set(text.match(/@?[\w.-]+(?:\/[\w.-]+)?/g));
  const packages = dependencies.filter((name) => words.has(name));
  const all = [
    file === undefined ? { json: '{workspaceRoot}/package.json', fields: ['cliparity'] } : `{workspaceRoot}/${file}`,
    ...new Set(paths),
    ...(packages.length > 0 ? [{ externalDependencies: packages }] : []),
  ];
  return { all, scenarios: plugins.filter(({ ids }) => ids.length > 0) };
}
