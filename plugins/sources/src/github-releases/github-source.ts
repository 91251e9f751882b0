import { bytesFrom, HttpStatusError, type HttpCache } from '@cliparity/acquisition';
import { CouldNotRun } from '@cliparity/model';
import type { Asset, Bytes, Io, Release, Source, Target } from '@cliparity/plugin-api';
import type { AssetAnswer } from './answers.js';
import { explained } from './api-errors.js';
import { assetOf, planAsset } from './github-assets.js';
import { makeGithubApi, type GithubApi } from './github-api.js';
import { withProvenance } from './github-provenance.js';
import { releaseOf } from './github-releases.js';
import { placesOf, readDownloadUrl, type Places } from './places.js';
import type { GithubSettings } from './settings.js';
import { tagOf } from './tags.js';

const FRESH_SECONDS = 60;

/** What a GitHub Releases source is made from. */
export interface GithubSourceOptions {
  readonly settings: GithubSettings;
  /** Where answers of the API are kept. */
  readonly cacheFor: (io: Io) => HttpCache;
}
interface Github {
  readonly settings: GithubSettings;
  readonly places: Places;
  readonly api: (io: Io) => GithubApi;
}

async function* releasesOf({ settings, api }: Github, io: Io): AsyncGenerator<Release> {
  const seen = new Set<string>();
  for await (const page of api(io).pages(io)) {
    for (const answer of page) {
      const release = releaseOf(settings, answer);
      if (release === undefined || seen.has(release.version)) continue;
      seen.add(release.version);
      yield release;
    }
  }
}

async function assetsOf(
  github: Github,
  ask: { readonly version: string; readonly targets: readonly Target[]; readonly io: Io },
): Promise<Asset[]> {
  const { settings, places, api } = github;
  const { version, io } = ask;
  const tag = tagOf(settings, version);
  const release = await api(io).release(tag, io);
  const note = (message: string): void => io.emit({ type: 'note', message });
  const found = ask.targets.flatMap((target): (readonly [Asset, AssetAnswer])[] => {
    const plan = planAsset(settings, version, target);
    if (plan === undefined) note(`no asset of the github-releases source fits ${version} on ${target.id}`);
    if (plan === undefined) return [];
    const answer = release.assets.find((asset) => asset.name === plan.name && asset.state === 'uploaded');
    if (answer !== undefined) return [[assetOf(plan, answer, { places, settings, version }), answer]];
    note(`${settings.repository} ${tag} has no asset ${plan.name} for ${target.id}`);
    return [];
  });
  return withProvenance(found, api(io), io);
}

/** What may be read with a token only is read by way of the API. */
async function openByApi(
  github: Github,
  locator: string,
  at: { from: number; io: Io; cause: unknown },
): Promise<Bytes> {
  const { api, places } = github;
  const { io } = at;
  const place = readDownloadUrl(places, locator);
  const known = api(io).token(io);
  if (place === undefined || known === undefined) throw explained(at.cause, locator, known);
  const release = await api(io).release(place.tag, io);
  const asset = release.assets.find(({ name }) => name === place.name);
  if (asset === undefined) throw explained(at.cause, locator, known);
  const url = `${places.api}/releases/assets/${asset.id}`;
  const headers = { ...api(io).headers(io, 'application/octet-stream'), ...rangeOf(at.from) };
  return bytesFrom(await io.fetch(url, { headers, redirectHosts: places.redirectHosts }), url);
}

const rangeOf = (from: number): Readonly<Record<string, string>> => (from > 0 ? { range: `bytes=${from}-` } : {});

async function open(github: Github, locator: string, at: { from: number; io: Io }): Promise<Bytes> {
  const { places } = github;
  if (readDownloadUrl(places, locator) === undefined) {
    throw new CouldNotRun('LOCATOR_UNKNOWN', `${locator} is no release asset of ${places.downloads}`, {
      where: locator,
      remedy: 'Pin the artifact anew with cliparity lock.',
    });
  }
  try {
    const answer = await at.io.fetch(locator, { headers: rangeOf(at.from), redirectHosts: places.redirectHosts });
    return await bytesFrom(answer, locator);
  } catch (cause) {
    if (!(cause instanceof HttpStatusError) || ![401, 403, 404].includes(cause.status)) throw cause;
    if (github.api(at.io).token(at.io) === undefined) throw cause;
    return openByApi(github, locator, { ...at, cause });
  }
}

/**
 * Releases of a repository at GitHub or an Enterprise server. Locators are the public download addresses, which need no API and no token;
 * the API is asked for what there is, and for assets of private repositories.
 * Throws GITHUB_RATE_LIMITED, GITHUB_TOKEN_REFUSED, GITHUB_NOT_FOUND, GITHUB_ANSWER_INVALID, LOCATOR_UNKNOWN and the errors of the HTTP client.
 */
export function createGithubSource({ settings, cacheFor }: GithubSourceOptions): Source {
  const places = placesOf(settings);
  const freshMs = (settings.fresh_seconds ?? FRESH_SECONDS) * 1000;
  let made: GithubApi | undefined;
  const api = (io: Io): GithubApi =>
    (made ??= makeGithubApi({ places, cache: cacheFor(io), freshMs, tokenEnv: settings.token_env }));
  const github: Github = { settings, places, api };
  return {
    id: 'github-releases',
    revision: 2,
    releases: (io) => releasesOf(github, io),
    assets: async (version, targets, io) => assetsOf(github, { version, targets, io }),
    owns: (locator) => readDownloadUrl(places, locator) !== undefined,
    open: async (locator, from, io) => open(github, locator, { from, io }),
  };
}
