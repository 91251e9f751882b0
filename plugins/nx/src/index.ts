import type { CreateDependencies, CreateNodes, CreateNodesResultArray, DependencyType } from '@nx/devkit';
import { inferRoot, ROOT_TAG, surroundingsOf } from './graph/infer-root.js';
import { unknownOptions, withDefaults, type CliparityNxOptions } from './graph/options.js';
import { PACKAGE } from './graph/own-code.js';
import { readRoot } from './graph/read-root.js';

export type { CliparityNxOptions } from './graph/options.js';
export type { StepOptions } from './graph/step-task.js';

const say = (problem: string): void => void process.stderr.write(`cliparity: ${problem}\n`);

/** A manifest beside which no root was found is most likely one that the options do not lead to. */
function sayWhatIsLeftOut(files: readonly string[], manifests: string): void {
  const file = files.find((path) => /(?:^|[\\/])cliparity\.json$/.test(path));
  if (file === undefined) return;
  say(`${file} is not in ${manifests}/, where ${PACKAGE} looks: its option manifests in nx.json names the folder`);
}

/** The folders of roots among the matched files: `<manifests>/<root>/<file>` and nothing deeper. */
function rootFolders(files: readonly string[], manifests: string): readonly string[] {
  const folders = files
    .map((file) => file.replaceAll('\\', '/').split('/').slice(0, -1).join('/'))
    .filter((folder) => folder.startsWith(`${manifests}/`) && !folder.slice(manifests.length + 1).includes('/'));
  return [...new Set(folders)].sort();
}

/**
 * Infers the projects of every root from its `cliparity.json` and `artifacts.lock.json`. No plugin and no configuration is run. A root that
 * cannot be read keeps its project, whose tasks fail and name the file, and is spoken of on standard error: it must not take the other roots,
 * or the rest of the workspace, with it.
 */
export const createNodes: CreateNodes<CliparityNxOptions> = [
  '**/{cliparity.json,artifacts.lock.json,RULES.json}',
  (files, given, { workspaceRoot }): CreateNodesResultArray => {
    const options = withDefaults(given);
    for (const name of unknownOptions(given))
      say(`nx.json gives ${PACKAGE} the option ${name}, which it does not have`);
    const folders = rootFolders(files, options.manifests);
    if (folders.length === 0) {
      sayWhatIsLeftOut(files, options.manifests);
      return [];
    }
    const surroundings = surroundingsOf(workspaceRoot, options);
    return folders.map((folder) => {
      const root = readRoot(workspaceRoot, folder);
      if (root.problem !== undefined) say(root.problem);
      return [`${folder}/cliparity.json`, { projects: inferRoot(root, surroundings) }];
    });
  },
];

/** The name that Nx before 23 looks for. */
export const createNodesV2: CreateNodes<CliparityNxOptions> = [...createNodes];

/** Where we are installed, a new version of ours in the lock file affects every root. */
export const createDependencies: CreateDependencies<CliparityNxOptions> = (_options, { projects, externalNodes }) => {
  const target = `npm:${PACKAGE}`;
  if (externalNodes?.[target] === undefined) return [];
  return Object.entries(projects)
    .filter(([, { tags }]) => tags?.includes(ROOT_TAG) === true)
    .map(([source]) => ({ source, target, type: 'implicit' as DependencyType.implicit }));
};
