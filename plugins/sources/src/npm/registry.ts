import { gunzipSync } from 'node:zlib';
import { maskUrl, type NpmSettings } from '@cliparity/acquisition';
import { CouldNotRun } from '@cliparity/model';
import type { FetchedBody, Io } from '@cliparity/plugin-api';

/** What a registry says about one version. */
export interface PackedVersion {
  readonly dist: {
    readonly tarball: string;
    readonly integrity?: string;
    /** What the registry signed, and who attests; anything may stand there. */
    readonly signatures?: unknown;
    readonly attestations?: unknown;
  };
  /** A reason, when the publisher has withdrawn the version. */
  readonly deprecated?: string | boolean;
}
/** A registry's whole document about a package; the short form lacks `time`. */
export interface Packument {
  readonly versions: Readonly<Record<string, PackedVersion>>;
  readonly time?: Readonly<Record<string, string>>;
}

/** One package at the registry npm is configured for. */
export interface Registry {
  packument(packageName: string, io: Io): Promise<Packument>;
  /** Where a tarball really is, and what to say there. */
  tarball(packageName: string, tarball: string, io: Io): { readonly url: string; readonly headers: Headers };
}
type Headers = Readonly<Record<string, string>>;

function authorization(settings: NpmSettings, registry: string, io: Io): Headers {
  const { token, auth } = settings.credentialsFor(registry);
  if (token !== undefined) return { authorization: `Bearer ${io.secret(token)}` };
  return auth === undefined ? {} : { authorization: `Basic ${io.secret(auth)}` };
}

function invalid(url: string, cause?: unknown): CouldNotRun {
  return new CouldNotRun('NPM_ANSWER_INVALID', `${maskUrl(url)} did not answer as an npm registry does`, {
    where: maskUrl(url),
    remedy: 'Check the registry npm is configured for: npm config get registry',
    cause,
  });
}

const LARGEST = 256 * 2 ** 20;

async function readJson(url: string, { body, headers }: FetchedBody): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > LARGEST) throw invalid(url);
    chunks.push(chunk);
  }
  try {
    const bytes = Buffer.concat(chunks);
    // We ask for the plain text; some mirrors send their cached, compressed copy all the same.
    const plain = headers['content-encoding'] === 'gzip' ? gunzipSync(bytes, { maxOutputLength: LARGEST }) : bytes;
    return JSON.parse(plain.toString('utf8'));
  } catch (cause) {
    throw invalid(url, cause);
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => value !== null && typeof value === 'object';

function isPackument(value: unknown): value is Packument {
  if (!isRecord(value) || !isRecord(value['versions'])) return false;
  return Object.values(value['versions']).every(
    (version) => isRecord(version) && isRecord(version['dist']) && typeof version['dist']['tarball'] === 'string',
  );
}

/**
 * A tarball's address on the configured registry's own host. Mirrors hand on documents that still name the registry they mirror; npm itself
 * asks the mirror then, and so do we: the lock must be fetchable wherever npm is, and no credential can reach another host.
 */
export function onRegistry(tarball: string, registry: string): string | undefined {
  if (!URL.canParse(tarball, registry)) return undefined;
  const [url, home] = [new URL(tarball, registry), new URL(registry)];
  if (url.origin === home.origin) return url.href;
  const path = url.pathname.startsWith(home.pathname) ? url.pathname : home.pathname.replace(/\/$/, '') + url.pathname;
  return new URL(path, home).href;
}

/** Speaks with the registry npm is configured for. Throws NPM_ANSWER_INVALID and the errors of the HTTP client. */
export function makeRegistry(settings: NpmSettings, redirectHosts: readonly string[]): Registry {
  return {
    async packument(packageName, io) {
      const registry = settings.registryFor(packageName);
      const url = registry + packageName.replace('/', '%2f');
      const headers = { accept: 'application/json', ...authorization(settings, registry, io) };
      const answer = await io.fetch(url, { headers, redirectHosts });
      const value = await readJson(url, answer);
      if (!isPackument(value)) throw invalid(url);
      return value;
    },
    tarball(packageName, tarball, io) {
      const registry = settings.registryFor(packageName);
      const url = onRegistry(tarball, registry);
      if (url === undefined) throw invalid(registry);
      return { url, headers: authorization(settings, registry, io) };
    },
  };
}
