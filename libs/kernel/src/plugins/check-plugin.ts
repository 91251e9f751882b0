import { didYouMean, UsageError } from '@cliparity/model';
import { API_VERSION, type Plugin } from '@cliparity/plugin-api';
import { firstProblem } from '../check-schema.js';
import { PluginSchema } from './plugin-schema.js';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const invalid = (file: string, name: unknown, what: string): UsageError =>
  new UsageError('PLUGIN_INVALID', `${typeof name === 'string' ? `plugin "${name}" (${file})` : file} ${what}`, {
    where: file,
    remedy: 'Export what definePlugin of @cliparity/plugin-api returns as the default export.',
  });

function requireApiVersion(value: Readonly<Record<string, unknown>>, file: string): void {
  const { apiVersion, name } = value;
  if (typeof apiVersion !== 'number' || apiVersion === API_VERSION) return;
  const remedy = apiVersion < API_VERSION ? 'Update the plugin.' : 'Update cliparity.';
  const message = `plugin "${String(name)}" (${file}) is written for plugin API ${apiVersion}; this is ${API_VERSION}`;
  throw new UsageError('PLUGIN_API_VERSION', message, { where: file, remedy });
}

/**
 * The plugin, typed, when it is one. Runs nothing of it. The version of the contract is looked at first: a newer one may have other keys.
 * @throws UsageError PLUGIN_INVALID, PLUGIN_API_VERSION
 */
export function checkPlugin(value: unknown, file: string): Plugin {
  if (!isRecord(value)) throw invalid(file, undefined, 'is not a plugin: it exports no manifest');
  requireApiVersion(value, file);
  const problem = firstProblem(PluginSchema, value);
  if (problem?.kind === 'unknown-key') {
    const what = `is not a plugin: unknown key ${problem.path}.${didYouMean(problem.key, problem.known)}`;
    throw invalid(file, value['name'], what);
  }
  if (problem !== undefined) {
    throw invalid(file, value['name'], `is not a plugin: ${problem.path || 'its manifest'} ${problem.message}`);
  }
  const plugin = value as unknown as Plugin;
  const bad = plugin.contributions.findIndex(({ load }) => typeof load !== 'function');
  if (bad !== -1) throw invalid(file, plugin.name, `is not a plugin: contributions[${bad}].load must be a function`);
  return plugin;
}
