import type { Tree } from '@nx/devkit';

/** The kinds that a generator makes, in the words of `PLUGIN_KINDS` of the plugin API. */
export const GENERATED_KINDS = ['target', 'source', 'dialect', 'scenario', 'gate', 'reporter'] as const;
export type GeneratedKind = (typeof GENERATED_KINDS)[number];

/** What the user gives a plugin’s generator. */
export interface PluginGeneratorOptions {
  /** The plugin’s id. */
  readonly name: string;
  /** Folder of the new plugin, relative to the workspace; `plugins/<kind>-<id>` unless said. */
  readonly directory?: string;
}
/** A plugin to be written. */
export interface PluginPlace {
  readonly kind: GeneratedKind;
  readonly id: string;
  /** Relative to the workspace. */
  readonly folder: string;
  /** In the workspace of cliparity itself: TypeScript in the kind’s package, whose registry is generated. */
  readonly inHouse: boolean;
}

/** A wrong word typed at a generator; Nx prints the message. */
export class GeneratorError extends Error {
  constructor(
    readonly code: string,
    message: string,
    remedy: string,
  ) {
    super(`${code}: ${message} ${remedy}`);
    this.name = 'GeneratorError';
  }
}

/** A name that can be a folder on every system. Throws GENERATOR_NAME_INVALID. */
export function checkedName(name: string, what: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name)) return name;
  throw new GeneratorError(
    'GENERATOR_NAME_INVALID',
    `${JSON.stringify(name)} cannot be the name of a ${what}.`,
    'Use letters, digits, dots, dashes and underscores, a letter or digit first.',
  );
}

/** A folder inside the workspace, with forward slashes. Throws GENERATOR_FOLDER_OUTSIDE. */
export function checkedFolder(folder: string): string {
  const words = folder
    .replaceAll('\\', '/')
    .replace(/\/+$/, '')
    .split('/')
    .filter((word) => word !== '.');
  const plain = words.length > 0 && words.every((word) => word !== '' && word !== '..' && !word.includes(':'));
  if (plain) return words.join('/');
  throw new GeneratorError(
    'GENERATOR_FOLDER_OUTSIDE',
    `${JSON.stringify(folder)} is no folder below the workspace.`,
    'Give a relative path without "..".',
  );
}

/** Refuses to write over what is there. Throws GENERATOR_PLACE_TAKEN. */
export function mustBeFree(tree: Tree, path: string): void {
  if (!tree.exists(path)) return;
  throw new GeneratorError('GENERATOR_PLACE_TAKEN', `${path} is there already.`, 'Choose another name, or remove it.');
}

/** Where the plugin goes. Throws GENERATOR_NAME_INVALID, GENERATOR_FOLDER_OUTSIDE, GENERATOR_PLACE_TAKEN. */
export function placeOf(tree: Tree, kind: GeneratedKind, options: PluginGeneratorOptions): PluginPlace {
  const id = checkedName(options.name, kind);
  const inHouse = tree.exists('libs/plugin-api/src/index.ts') && tree.exists(`plugins/${kind}s/package.json`);
  const usual = inHouse ? `plugins/${kind}s/src/${id}` : `plugins/${kind}-${id}`;
  const folder = checkedFolder(options.directory ?? usual);
  mustBeFree(tree, folder);
  return { kind, id, folder, inHouse: inHouse && options.directory === undefined };
}
