import { emptyCoverage, manifestSchemaText, newManifest, SCHEMA_COPY, USUAL_LAYOUT } from '@cliparity/steps';
import type { GeneratorCallback, Tree } from '@nx/devkit';
import { checkedFolder, checkedName, mustBeFree } from './plugin-names.js';

/** What the user gives the root generator. */
export interface RootGeneratorOptions {
  /** The root’s folder name. */
  readonly name: string;
  /** The npm package that ships the program; the root’s name unless said. */
  readonly package?: string;
  /** The program’s name as users type it; the root’s name unless said. */
  readonly binary?: string;
  readonly dialect?: string;
  /** The target whose snapshot everything else needs. */
  readonly required?: string;
  /** Every target, the required one among them; the required one alone unless said. */
  readonly targets?: readonly string[];
  /** Name of the wrapper whose coverage is reported. */
  readonly wrapper?: string;
  /** Folder of the roots. */
  readonly manifests?: string;
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

function manifestOf(name: string, options: RootGeneratorOptions): object {
  const { binary = name, dialect = 'generic', required = 'x86_64-unknown-linux-musl', targets = [] } = options;
  const { package: upstream = name, wrapper = `${name}-wrapper` } = options;
  return newManifest(
    { name, binary, source: 'npm', upstream, asset: undefined, dialect, required, wrapper },
    { targets, layouts: [USUAL_LAYOUT], path: '' },
  );
}

/**
 * Writes a root: its manifest, and a wrapper coverage that claims nothing yet.
 * @throws GeneratorError
 */
export function generateRoot(tree: Tree, options: RootGeneratorOptions): GeneratorCallback {
  const name = checkedName(options.name, 'root');
  const manifests = checkedFolder(options.manifests ?? 'cli_manifests');
  const folder = `${manifests}/${name}`;
  mustBeFree(tree, `${folder}/cliparity.json`);
  tree.write(`${folder}/cliparity.json`, json(manifestOf(name, options)));
  const wrapper = options.wrapper ?? `${name}-wrapper`;
  if (!tree.exists(`${folder}/wrapper_coverage.json`)) {
    tree.write(`${folder}/wrapper_coverage.json`, json(emptyCoverage(wrapper)));
  }
  tree.write(`${manifests}/${SCHEMA_COPY}`, manifestSchemaText());
  return () =>
    void process.stdout.write(
      `See that the layout in cliparity.json is the package’s.\nPin a version: cliparity lock ${name} VERSION\nThen: nx run ${name}:report\n`,
    );
}
