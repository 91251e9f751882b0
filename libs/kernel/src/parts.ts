import { UsageError } from '@cliparity/model';
import { defineToken, TOKENS, type PluginKind, type PluginKinds, type Target, type Token } from '@cliparity/plugin-api';
import { instanceCachingFactory, type DependencyContainer } from './container.js';
import { makerOf, type Maker } from './plugins/construct.js';
import { defaultOf, type Catalog } from './plugins/load-plugins.js';
import { isKind, shapeProblem } from './plugins/part-shape.js';
import {
  badContribution,
  contributionFailed,
  labelOf,
  pluginText,
  type CatalogEntry,
} from './plugins/plugin-errors.js';

/** Values provided to one use of a contribution only. */
export type Provided = readonly (readonly [Token<unknown>, unknown])[];

/** Makes the parts of one run. The container stays in here. */
export interface Parts {
  readonly find: (kind: PluginKind, id: string) => CatalogEntry | undefined;
  /** The one instance of this run. */
  readonly get: <K extends PluginKind>(kind: K, entry: CatalogEntry) => Promise<PluginKinds[K]>;
  /** A new instance that is given further values. */
  readonly make: <K extends PluginKind>(kind: K, entry: CatalogEntry, provided: Provided) => Promise<PluginKinds[K]>;
}

const tokenOf = (entry: CatalogEntry): Token<unknown> =>
  defineToken(`${entry.contribution.kind}:${entry.contribution.id}`);

function build(entry: CatalogEntry, maker: Maker, container: DependencyContainer): unknown {
  let part: unknown;
  try {
    part = maker.make(maker.inject.map(({ key }) => container.resolve(key)));
  } catch (cause) {
    throw contributionFailed(entry, cause);
  }
  const problem = shapeProblem(part, entry.contribution);
  if (problem !== undefined) throw badContribution(entry, problem);
  return part;
}

async function loadMaker(entry: CatalogEntry): Promise<Maker> {
  let loaded: unknown;
  try {
    loaded = defaultOf(await entry.contribution.load());
  } catch (cause) {
    throw contributionFailed(entry, cause);
  }
  if (loaded === undefined) throw badContribution(entry, 'loads a module without a default export');
  return makerOf(loaded);
}

function cycle(path: readonly CatalogEntry[], again: CatalogEntry): UsageError {
  const round = [...path.slice(path.indexOf(again)), again];
  const message = `contributions need each other: ${round.map((e) => labelOf(e.contribution)).join(' → ')}; ${pluginText(again)}`;
  const remedy = 'Let one of them do without the other.';
  return new UsageError('PLUGIN_CYCLE', message, { where: again.file, remedy });
}

function tokenMissing(entry: CatalogEntry, token: Token<unknown>): UsageError {
  const message = `${pluginText(entry)}: ${labelOf(entry.contribution)} asks for "${token.name}", which nobody provides`;
  const known = Object.values(TOKENS).map(({ name }) => name);
  return new UsageError('PLUGIN_TOKEN_MISSING', message, {
    where: entry.file,
    remedy: `Provided are ${known.join(', ')} (settings and base-dir to sources only) and kind:id of any contribution but a source.`,
  });
}

/** The parts of one run, each loaded when it is first asked for. `container` is the run's own and knows the run's values. */
export function createParts(catalog: Catalog, container: DependencyContainer): Parts {
  const makers = new Map<CatalogEntry, Promise<Maker>>();
  const targets = catalog.filter(({ contribution }) => contribution.kind === 'target');
  container.register(TOKENS.targets.key, {
    useFactory: (c) => targets.map((entry) => c.resolve<Target>(tokenOf(entry).key)),
  });

  const find: Parts['find'] = (kind, id) =>
    catalog.find(({ contribution }) => contribution.kind === kind && contribution.id === id);

  /** Whom a token stands for among the contributions. A source is made per use and so cannot be handed out. */
  const providers = (token: Token<unknown>): readonly CatalogEntry[] => {
    if (token.key === TOKENS.targets.key) return targets;
    const [kind = '', ...id] = token.name.split(':');
    const entry = isKind(kind) && kind !== 'source' ? find(kind, id.join(':')) : undefined;
    return entry === undefined ? [] : [entry];
  };

  /** Modules load one after another: it is processor work anyway, and not every host of ours links two graphs that share modules at once. */
  let lastLoad: Promise<unknown> = Promise.resolve();
  const makerFor = (entry: CatalogEntry): Promise<Maker> => {
    const known = makers.get(entry);
    if (known !== undefined) return known;
    const loading = lastLoad.then(() => loadMaker(entry));
    makers.set(entry, loading);
    lastLoad = loading.catch(() => undefined);
    return loading;
  };

  /** Loads an entry and all it needs, and registers what it needs. Waits for modules only, never for another's `prepare`: no deadlock. */
  async function prepare(
    entry: CatalogEntry,
    path: readonly CatalogEntry[],
    within: DependencyContainer,
  ): Promise<Maker> {
    if (path.includes(entry)) throw cycle(path, entry);
    const maker = await makerFor(entry);
    for (const token of maker.inject) {
      const needed = providers(token);
      for (const other of needed) await register(other, [...path, entry]);
      if (needed.length === 0 && !within.isRegistered(token.key, true)) throw tokenMissing(entry, token);
    }
    return maker;
  }

  async function register(entry: CatalogEntry, path: readonly CatalogEntry[]): Promise<void> {
    const maker = await prepare(entry, path, container);
    const { key } = tokenOf(entry);
    if (container.isRegistered(key)) return;
    container.register(key, { useFactory: instanceCachingFactory((c) => build(entry, maker, c)) });
  }

  return {
    find,
    get: async <K extends PluginKind>(_kind: K, entry: CatalogEntry) => {
      await register(entry, []);
      return container.resolve<PluginKinds[K]>(tokenOf(entry).key);
    },
    make: async <K extends PluginKind>(_kind: K, entry: CatalogEntry, provided: Provided) => {
      const own = container.createChildContainer();
      for (const [token, value] of provided) own.register(token.key, { useValue: value });
      const maker = await prepare(entry, [], own);
      return build(entry, maker, own) as PluginKinds[K];
    },
  };
}
