import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CouldNotRun } from '@cliparity/model';
import type { NetworkSettings } from '../http/dispatcher.js';

/** Credentials for one registry, as npm keeps them. */
export interface NpmCredentials {
  readonly token?: string;
  /** Base64 of `user:password`. */
  readonly auth?: string;
}
/** What npm is configured to do on this machine, for this folder. */
export interface NpmSettings {
  /** The registry for a package: its scope's own, else the general one. Ends with a slash. */
  registryFor(packageName: string): string;
  credentialsFor(registry: string): NpmCredentials;
  readonly network: NetworkSettings;
}

/** Where npm’s configuration is read from. */
export interface NpmSettingsOptions {
  /** Folder whose project `.npmrc` counts. */
  readonly cwd: string;
  /** The environment npm's variables are read from; the process's own unless said. */
  readonly env?: NodeJS.ProcessEnv;
}

interface NpmConfig {
  load(): Promise<void>;
  readonly flat: Readonly<Record<string, unknown>>;
  isDefault(key: string): boolean;
  get(key: string): unknown;
  getCredentialsByURI(uri: string): NpmCredentials;
}
interface NpmConfigModule {
  readonly default: new (options: Readonly<Record<string, unknown>>) => NpmConfig;
}
interface DefinitionsModule {
  readonly default: Readonly<Record<'definitions' | 'shorthands' | 'flatten' | 'nerfDarts', unknown>>;
}

/** npm's own folder, where its built-in `npmrc` lies; npm says it to what it starts. */
function npmFolder(env: NodeJS.ProcessEnv): string {
  const started = env['npm_execpath'];
  const candidates = [
    ...(started === undefined ? [] : [dirname(dirname(started))]),
    join(dirname(process.execPath), '..', 'lib', 'node_modules', 'npm'),
    join(dirname(process.execPath), 'node_modules', 'npm'),
  ];
  return candidates.find((path) => existsSync(join(path, 'package.json'))) ?? dirname(fileURLToPath(import.meta.url));
}

async function loadConfig(options: NpmSettingsOptions): Promise<NpmConfig> {
  // A copy: npm's library writes into the environment it is given.
  const env = { ...(options.env ?? process.env) };
  // The library has no types; the assertions keep the compiler from asking for them and stay literals for a bundler.
  const { default: Config } = (await import('@npmcli/config' as string)) as NpmConfigModule;
  const { default: known } = (await import('@npmcli/config/lib/definitions/index.js' as string)) as DefinitionsModule;
  const argv = [process.execPath, 'npm'];
  const config = new Config({ ...known, npmPath: npmFolder(env), argv, env, cwd: options.cwd, warn: false });
  await config.load();
  return config;
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const withSlash = (url: string): string => (url.endsWith('/') ? url : `${url}/`);

function networkOf(flat: NpmConfig['flat']): NetworkSettings {
  const list = (Array.isArray(flat['ca']) ? flat['ca'] : [flat['ca']]) as readonly unknown[];
  const ca = list.map(textOf).filter((pem) => pem !== undefined);
  const httpProxy = textOf(flat['proxy']);
  const httpsProxy = textOf(flat['httpsProxy']);
  const noProxy = Array.isArray(flat['noProxy']) ? flat['noProxy'].join(',') : textOf(flat['noProxy']);
  return {
    ...(ca.length > 0 && { ca }),
    ...(httpProxy !== undefined && { httpProxy }),
    ...(httpsProxy !== undefined && { httpsProxy }),
    ...(noProxy !== undefined && noProxy !== '' && { noProxy }),
  };
}

/** A number that the user set; npm's own defaults are for other things than ours. */
function chosen(config: NpmConfig, key: string): number | undefined {
  const value = config.isDefault(key) ? undefined : config.get(key);
  return typeof value === 'number' && value >= 0 ? value : undefined;
}

function patienceOf(config: NpmConfig): Pick<NetworkSettings, 'inactivityMs' | 'retries'> {
  const [inactivityMs, retries] = [chosen(config, 'fetch-timeout'), chosen(config, 'fetch-retries')];
  return { ...(inactivityMs !== undefined && { inactivityMs }), ...(retries !== undefined && { retries }) };
}

function settingsOf(config: NpmConfig): NpmSettings {
  const { flat } = config;
  return {
    network: { ...networkOf(flat), ...patienceOf(config) },
    registryFor(packageName) {
      const scope = /^(@[^/]+)\//.exec(packageName)?.[1];
      const scoped = scope === undefined ? undefined : textOf(flat[`${scope}:registry`]);
      return withSlash(scoped ?? textOf(flat['registry']) ?? '');
    },
    credentialsFor(registry) {
      const { token, auth } = config.getCredentialsByURI(registry);
      return { ...(token !== undefined && { token }), ...(auth !== undefined && { auth }) };
    },
  };
}

/**
 * Reads npm's configuration (project, user, global and built-in `.npmrc`, `npm_config_*`) with npm's own library, loaded only now.
 * Throws NPM_CONFIG_UNREADABLE.
 */
export async function loadNpmSettings(options: NpmSettingsOptions): Promise<NpmSettings> {
  try {
    return settingsOf(await loadConfig(options));
  } catch (cause) {
    throw new CouldNotRun('NPM_CONFIG_UNREADABLE', `npm's configuration cannot be read: ${(cause as Error).message}`, {
      where: options.cwd,
      remedy: 'Run `npm config list` in that folder and mend what it complains about.',
      cause,
    });
  }
}

/** Proxies, certificate authorities and patience (fetch-timeout, fetch-retries) that npm is configured for, for `createHttpClient`. Throws NPM_CONFIG_UNREADABLE. */
export async function npmNetworkSettings(options: NpmSettingsOptions): Promise<NetworkSettings> {
  return (await loadNpmSettings(options)).network;
}
