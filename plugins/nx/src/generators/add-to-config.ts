import type { Tree } from '@nx/devkit';

const OTHERS = ['yaml', 'yml', 'js', 'mjs', 'cjs', 'ts'].map((end) => `cliparity.config.${end}`);
const JSON_FILE = 'cliparity.config.json';
/** The file of a generated plugin that the configuration names. */
export const PLUGIN_ENTRY = 'index.mjs';

type Config = { plugins?: string[] } & Record<string, unknown>;

function withPlugin(text: string, path: string): string {
  const config = JSON.parse(text) as Config;
  const plugins = [...(config.plugins ?? []).filter((other) => other !== path), path];
  return `${JSON.stringify({ ...config, plugins }, null, 2)}\n`;
}

function packageConfig(tree: Tree): boolean {
  try {
    return 'cliparity' in (JSON.parse(tree.read('package.json', 'utf8') ?? '{}') as object);
  } catch {
    return false;
  }
}

/**
 * Names the plugin in the workspace’s configuration when that is JSON or not there yet; somebody’s code or YAML is not rewritten.
 * @returns what was done, or is to be done by hand
 */
export function addToConfig(tree: Tree, folder: string): string {
  const path = `./${folder}/${PLUGIN_ENTRY}`;
  const other = OTHERS.find((name) => tree.exists(name)) ?? (packageConfig(tree) ? 'package.json' : undefined);
  if (other !== undefined) return `Add it to the configuration: plugins of ${other} get ${JSON.stringify(path)}`;
  tree.write(JSON_FILE, withPlugin(tree.read(JSON_FILE, 'utf8') ?? '{}', path));
  return `${JSON_FILE} names it now.`;
}
