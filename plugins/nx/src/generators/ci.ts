import { ciFiles, type CiProvider, type PackageManager, type RootOfCi } from '@cliparity/steps';
import type { GeneratorCallback, Tree } from '@nx/devkit';
import { ownVersion } from '../own-folder.js';
import { checkedFolder, GeneratorError } from './plugin-names.js';

/** What the user gives the CI generator. */
export interface CiGeneratorOptions {
  readonly provider: CiProvider;
  /** Write where the provider looks, and not to `ci-templates/`. */
  readonly activate?: boolean;
  /** The branch that may write to the shared cache; `main` unless said. */
  readonly branch?: string;
  /** Folder of the roots. */
  readonly manifests?: string;
}

function rootOf(tree: Tree, folder: string, cli: string): RootOfCi | undefined {
  const text = tree.read(`${folder}/${cli}/cliparity.json`, 'utf8');
  if (text === null) return undefined;
  try {
    const { targets, wrapper } = JSON.parse(text) as {
      targets?: { expected?: string[] };
      wrapper?: { test?: string[] };
    };
    if (!Array.isArray(targets?.expected)) throw new Error('it lacks targets.expected');
    return { cli, targets: targets.expected.map(String), hasTests: (wrapper?.test ?? []).length > 0 };
  } catch (cause) {
    const why = (cause as Error).message;
    const file = `${folder}/${cli}/cliparity.json`;
    throw new GeneratorError('GENERATOR_ROOT_UNREADABLE', `${file}: ${why}.`, 'Correct the file.');
  }
}

function packageManagerOf(tree: Tree): PackageManager {
  if (tree.exists('pnpm-lock.yaml')) return 'pnpm';
  return tree.exists('yarn.lock') ? 'yarn' : 'npm';
}

/**
 * Writes the provider’s files for the roots that are there.
 * @throws GeneratorError GENERATOR_NO_ROOTS, GENERATOR_ROOT_UNREADABLE, GENERATOR_FOLDER_OUTSIDE
 */
export function generateCi(tree: Tree, options: CiGeneratorOptions): GeneratorCallback {
  const { provider, activate = false, branch = 'main' } = options;
  const folder = checkedFolder(options.manifests ?? 'cli_manifests');
  const roots = [...tree.children(folder)].sort().flatMap((cli) => rootOf(tree, folder, cli) ?? []);
  if (roots.length === 0) {
    throw new GeneratorError(
      'GENERATOR_NO_ROOTS',
      `${folder} holds no root.`,
      'Make one first: nx g @cliparity/nx:root NAME.',
    );
  }
  const { files, homeless } = ciFiles({
    provider,
    roots,
    manifests: folder,
    branch,
    activate,
    nx: {
      bin: tree.exists('plugins/nx/bin') ? 'plugins/nx/bin' : 'node_modules/@cliparity/nx/bin',
      packageManager: packageManagerOf(tree),
    },
    version: ownVersion(),
    by: `nx g @cliparity/nx:ci --provider ${provider}`,
  });
  for (const { path, text } of files) tree.write(path, text);
  const rest = homeless.map((target) => `No rented machine runs ${target}; bring its snapshots with cliparity import.`);
  return () => void process.stdout.write(`${[...files.map(({ path }) => path), ...rest].join('\n')}\n`);
}
