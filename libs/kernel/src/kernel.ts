import { join } from 'node:path';
import { didYouMean, UsageError, type Config, type SourceUse } from '@cliparity/model';
import {
  TOKENS,
  type Dialect,
  type Gate,
  type Io,
  type Plugin,
  type PluginKind,
  type PluginKinds,
  type Reporter,
  type Scenario,
  type Source,
} from '@cliparity/plugin-api';
import { container as rootContainer } from './container.js';
import type { LoadedConfig } from './config/load-config.js';
import { createParts } from './parts.js';
import { loadPlugins } from './plugins/load-plugins.js';
import { createTargetRegistry, type TargetRegistry } from './targets.js';

export interface KernelRequest {
  /** Root of the workspace, absolute. */
  readonly workspace: string;
  readonly config: LoadedConfig;
  readonly builtins: readonly Plugin[];
  readonly io: Io;
  /** Absolute path of the store; `.cliparity/store` of the workspace unless said. */
  readonly store?: string;
}

/** What a run knows of a contribution without loading it. */
export interface ContributionInfo {
  readonly kind: PluginKind;
  readonly id: string;
  readonly revision: number;
  readonly plugin: string;
  /** Absolute path of the plugin's file, or `built in`. */
  readonly file: string;
}

/**
 * One run: its configuration and its plugins. Contributions load when first asked for and live as long as the kernel.
 * Asking for an id nobody contributes throws UsageError `<KIND>_UNKNOWN` (TARGET_UNKNOWN, DIALECT_UNKNOWN, …).
 */
export interface Kernel {
  readonly workspace: string;
  readonly config: Config;
  readonly configFile: string | undefined;
  readonly contributions: readonly ContributionInfo[];
  readonly targets: TargetRegistry;
  readonly dialect: (id: string) => Promise<Dialect>;
  /** All of them, in order of contribution. */
  readonly dialects: () => Promise<readonly Dialect[]>;
  readonly reporter: (id: string) => Promise<Reporter>;
  readonly gates: () => Promise<readonly Gate[]>;
  readonly scenarios: () => Promise<readonly Scenario[]>;
  /**
   * A new source for one use in a root.
   * @param baseDir absolute folder that relative paths in the settings start from
   * @param where what messages call the use; `<baseDir>/cliparity.json` unless said
   * @throws UsageError SOURCE_UNKNOWN, SOURCE_SETTINGS_INVALID
   */
  readonly source: (use: SourceUse, baseDir: string, where?: string) => Promise<Source>;
  /** The revision of a contribution, for digests; loads nothing. */
  readonly revision: (kind: PluginKind, id: string) => number;
  readonly dispose: () => Promise<void>;
}

interface AskedPart {
  readonly kind: PluginKind;
  readonly id: string;
  /** The file that asks for it, when one does. */
  readonly where?: string | undefined;
}

function unknownPart({ kind, id, where = id }: AskedPart, known: readonly string[]): UsageError {
  return new UsageError(`${kind.toUpperCase()}_UNKNOWN`, `unknown ${kind} "${id}".${didYouMean(id, known)}`, {
    where,
    remedy: known.length === 0 ? `No ${kind} is installed.` : `Known: ${known.join(', ')}.`,
  });
}

/**
 * Composes a run.
 * @throws UsageError PLUGIN_* when a plugin cannot be loaded; contributions fail later, when first asked for
 */
export async function createKernel(request: KernelRequest): Promise<Kernel> {
  const { workspace, config: loaded, builtins, io, store = join(request.workspace, '.cliparity', 'store') } = request;
  const { config, file: configFile, baseDir } = loaded;
  const catalog = await loadPlugins({ builtins, config, configFile, baseDir });
  const container = rootContainer.createChildContainer();
  container.register(TOKENS.io.key, { useValue: io });
  const parts = createParts(catalog, container);

  const idsOf = (kind: PluginKind): readonly string[] =>
    catalog.filter(({ contribution }) => contribution.kind === kind).map(({ contribution }) => contribution.id);
  const entryOf = (kind: PluginKind, id: string, where?: string) => {
    const entry = parts.find(kind, id);
    if (entry === undefined) throw unknownPart({ kind, id, where }, idsOf(kind));
    return entry;
  };
  const one = async <K extends PluginKind>(kind: K, id: string): Promise<PluginKinds[K]> =>
    parts.get(kind, entryOf(kind, id));
  const all = <K extends PluginKind>(kind: K): Promise<readonly PluginKinds[K][]> =>
    Promise.all(idsOf(kind).map((id) => one(kind, id)));

  return {
    workspace,
    config,
    configFile,
    contributions: catalog.map(({ contribution: { kind, id, revision }, plugin, file }) => ({
      kind,
      id,
      revision,
      plugin,
      file,
    })),
    targets: createTargetRegistry(idsOf('target'), (id) => one('target', id)),
    dialect: (id) => one('dialect', id),
    dialects: () => all('dialect'),
    reporter: (id) => one('reporter', id),
    gates: () => all('gate'),
    scenarios: () => all('scenario'),
    source: async (use, dir, where = join(dir, 'cliparity.json')) => {
      const entry = entryOf('source', use.use, where);
      const { checkSettings, withConfig } = await import('./source-settings.js');
      const settings = withConfig(checkSettings(entry, use, where), entry, config);
      return parts.make('source', entry, [
        [TOKENS.settings, settings],
        [TOKENS.baseDir, dir],
        [TOKENS.workspace, workspace],
        [TOKENS.store, store],
      ]);
    },
    revision: (kind, id) => entryOf(kind, id).contribution.revision,
    dispose: () => Promise.resolve(container.dispose()),
  };
}
