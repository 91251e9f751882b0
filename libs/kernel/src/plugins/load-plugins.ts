import { pathToFileURL } from 'node:url';
import { didYouMean, UsageError, type Config } from '@cliparity/model';
import { API_VERSION, type Plugin } from '@cliparity/plugin-api';
import { labelOf, pluginText, type CatalogEntry } from './plugin-errors.js';
import { resolvePlugin } from './resolve-plugin.js';

/** All contributions of a run, built-ins first, in order of their manifests. */
export type Catalog = readonly CatalogEntry[];

export interface PluginRequest {
  readonly builtins: readonly Plugin[];
  readonly config: Config;
  /** Names the configuration in messages. */
  readonly configFile?: string | undefined;
  /** Where paths and packages in `config.plugins` start from, absolute. */
  readonly baseDir: string;
}

interface Loaded {
  readonly plugin: Plugin;
  readonly file: string;
}

/** The default export; CommonJS that a compiler wrote has it one level deeper. */
export function defaultOf(module: unknown): unknown {
  const outer = (module as { readonly default?: unknown } | undefined)?.default;
  const nested = typeof outer === 'object' && outer !== null && '__esModule' in outer && 'default' in outer;
  return nested ? (outer as { readonly default: unknown }).default : outer;
}

async function importPlugin(file: string): Promise<Loaded> {
  let module: unknown;
  try {
    module = await import(pathToFileURL(file).href);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError('PLUGIN_INVALID', `${file} is not a plugin that can be loaded: ${reason}`, {
      where: file,
      remedy: 'Run the file with node alone to see the error; TypeScript must be compiled first.',
      cause,
    });
  }
  const { checkPlugin } = await import('./check-plugin.js');
  return { plugin: checkPlugin(defaultOf(module), file), file };
}

function builtIn(plugin: Plugin): Loaded {
  if (plugin.apiVersion !== API_VERSION) {
    const message = `plugin "${plugin.name}" (built in) is written for plugin API ${plugin.apiVersion}; this is ${API_VERSION}`;
    throw new UsageError('PLUGIN_API_VERSION', message, { where: 'built in', remedy: 'Install cliparity again.' });
  }
  return { plugin, file: 'built in' };
}

function requireUnique(catalog: Catalog): void {
  const seen = new Map<string, CatalogEntry>();
  for (const entry of catalog) {
    const label = labelOf(entry.contribution);
    const first = seen.get(label);
    if (first !== undefined) {
      const message = `${label} is claimed by ${pluginText(first)} and by ${pluginText(entry)}`;
      throw new UsageError('PLUGIN_DUPLICATE_ID', message, {
        where: entry.file,
        remedy: 'Give one of them another id, or load only one of the two plugins.',
      });
    }
    seen.set(label, entry);
  }
}

function withoutDisabled(catalog: Catalog, request: PluginRequest): Catalog {
  const disabled = request.config.disable ?? [];
  const known = catalog.map(({ contribution }) => labelOf(contribution));
  const unknown = disabled.find((label) => !known.includes(label));
  if (unknown !== undefined) {
    const where = request.configFile ?? 'the configuration';
    const message = `${where}: disable names "${unknown}", which no plugin contributes.${didYouMean(unknown, known)}`;
    throw new UsageError('PLUGIN_DISABLE_UNKNOWN', message, { where, remedy: 'Write it as kind/id, or remove it.' });
  }
  return catalog.filter(({ contribution }) => !disabled.includes(labelOf(contribution)));
}

/**
 * Collects what the built-ins and the configured plugins contribute; loads the modules of configured plugins, no contribution.
 * Built-ins are ours: a test checks their manifests against the schema, a run does not.
 * @throws UsageError PLUGIN_NOT_FOUND, PLUGIN_INVALID, PLUGIN_API_VERSION, PLUGIN_DUPLICATE_ID, PLUGIN_DISABLE_UNKNOWN
 */
export async function loadPlugins(request: PluginRequest): Promise<Catalog> {
  const { builtins, config, baseDir, configFile = 'the configuration' } = request;
  const files = (config.plugins ?? []).map((spec) => resolvePlugin(spec, baseDir, configFile));
  const loaded = builtins.map(builtIn);
  for (const file of new Set(files)) loaded.push(await importPlugin(file));
  const catalog = loaded.flatMap(({ plugin, file }) =>
    plugin.contributions.map((contribution) => ({ contribution, plugin: plugin.name, file })),
  );
  requireUnique(catalog);
  return withoutDisabled(catalog, request);
}
