import { bytesFrom, loadNpmSettings, parseNpmLocator, type NpmSettings } from '@cliparity/acquisition';
import { compareVersions, CouldNotRun, didYouMean } from '@cliparity/model';
import type { Asset, Bytes, Io, Source, Target } from '@cliparity/plugin-api';
import { patternOf } from '../placeholders.js';
import { assetOf, planAsset } from './npm-assets.js';
import { npmReleases } from './npm-releases.js';
import { makeRegistry, type PackedVersion, type Packument, type Registry } from './registry.js';
import type { NpmSourceSettings } from './settings.js';

/** What an npm source is made from. */
export interface NpmSourceOptions {
  readonly settings: NpmSourceSettings;
  /** Folder whose project `.npmrc` counts. */
  readonly cwd: string;
  /** Reads npm's configuration; for tests. */
  readonly loadSettings?: (options: { readonly cwd: string }) => Promise<NpmSettings>;
}

/** Documents about packages, each asked for once per source. */
interface Documents {
  registry(): Promise<Registry>;
  of(packageName: string, io: Io): Promise<Packument>;
}

function makeDocuments(options: NpmSourceOptions): Documents {
  const { settings, cwd, loadSettings = loadNpmSettings } = options;
  let registry: Promise<Registry> | undefined;
  const asked = new Map<string, Promise<Packument>>();
  const documents: Documents = {
    registry: async () =>
      (registry ??= loadSettings({ cwd }).then((npm) => makeRegistry(npm, settings.redirect_hosts ?? []))),
    async of(packageName, io) {
      const before = asked.get(packageName);
      if (before !== undefined) return before;
      const document = documents.registry().then(async (r) => r.packument(packageName, io));
      asked.set(packageName, document);
      // A failure is not an answer: the next question asks again.
      document.catch(() => asked.delete(packageName));
      return document;
    },
  };
  return documents;
}

function unpublished(locator: string, spec: string, packument: Packument): CouldNotRun {
  const known = Object.keys(packument.versions);
  const newest = known.sort(compareVersions).at(-1) ?? 'none';
  return new CouldNotRun(
    'NPM_VERSION_MISSING',
    `${locator} is not published.${didYouMean(spec, known)} Newest: ${newest}.`,
    {
      where: locator,
      remedy: 'Check the version, or the layouts in the source’s settings.',
    },
  );
}

async function assetsOf(settings: NpmSourceSettings, documents: Documents, ask: AssetQuestion): Promise<Asset[]> {
  const assets: Asset[] = [];
  const note = (message: string): void => ask.io.emit({ type: 'note', message });
  for (const target of ask.targets) {
    const plan = planAsset(settings, ask.version, target);
    if (plan === undefined) {
      note(`no layout of the npm source fits ${ask.version} on ${target.id}`);
      continue;
    }
    const { versions } = await documents.of(plan.package, ask.io);
    const packed: PackedVersion | undefined = versions[plan.spec];
    if (packed === undefined) note(`${plan.package}@${plan.spec} for ${target.id} is not published`);
    else assets.push(assetOf(plan, packed));
  }
  return assets;
}
interface AssetQuestion {
  readonly version: string;
  readonly targets: readonly Target[];
  readonly io: Io;
}

async function openTarball(
  documents: Documents,
  locator: string,
  at: { from: number; io: Io; redirectHosts: readonly string[] },
): Promise<Bytes> {
  const npm = parseNpmLocator(locator);
  if (npm === undefined) {
    throw new CouldNotRun('LOCATOR_UNKNOWN', `${locator} is not npm:<package>@<version>`, {
      where: locator,
      remedy: 'Pin the artifact anew with cliparity lock.',
    });
  }
  const packument = await documents.of(npm.name, at.io);
  const packed = packument.versions[npm.version];
  if (packed === undefined) throw unpublished(locator, npm.version, packument);
  const { url, headers } = (await documents.registry()).tarball(npm.name, packed.dist.tarball, at.io);
  const range = at.from > 0 ? { range: `bytes=${at.from}-` } : undefined;
  const answer = await at.io.fetch(url, { headers: { ...headers, ...range }, redirectHosts: at.redirectHosts });
  return bytesFrom(answer, url);
}

/**
 * Releases and tarballs of a package at the registry npm is configured for; locators are `npm:<package>@<version>` and name no host.
 * Throws NPM_CONFIG_UNREADABLE, NPM_ANSWER_INVALID, NPM_VERSION_MISSING, LOCATOR_UNKNOWN and the errors of the HTTP client.
 */
export function createNpmSource(options: NpmSourceOptions): Source {
  const { settings } = options;
  const documents = makeDocuments(options);
  const packages = [settings.package, ...settings.layouts.flatMap((layout) => layout.package ?? [])];
  const patterns = packages.map((name) => patternOf(name.replace('{package}', settings.package)));
  return {
    id: 'npm',
    revision: 2,
    async *releases(io) {
      yield* npmReleases(await documents.of(settings.package, io));
    },
    assets: async (version, targets, io) => assetsOf(settings, documents, { version, targets, io }),
    owns(locator) {
      const name = parseNpmLocator(locator)?.name;
      return name !== undefined && patterns.some((pattern) => pattern.test(name));
    },
    open: async (locator, from, io) =>
      openTarball(documents, locator, { from, io, redirectHosts: settings.redirect_hosts ?? [] }),
  };
}
