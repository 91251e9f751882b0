import { readFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';
import { Agent, EnvHttpProxyAgent, type Dispatcher } from 'undici';
import { isLoopbackHost } from './address.js';
import { guardedLookup } from './guarded-lookup.js';
import { proxyUrl } from './proxy-url.js';

/** How this machine reaches the network. What is absent is read from the environment (HTTP_PROXY, HTTPS_PROXY, NO_PROXY). */
export interface NetworkSettings {
  /** PEM texts of further certificate authorities; Node's own and NODE_EXTRA_CA_CERTS stay trusted. */
  readonly ca?: readonly string[];
  readonly httpProxy?: string;
  readonly httpsProxy?: string;
  readonly noProxy?: string;
  /** Tries after the first one; 4 unless said. */
  readonly retries?: number;
  /** Longest silence while headers or a body are awaited, in milliseconds; 30 000 unless said. */
  readonly inactivityMs?: number;
}

/** What NODE_EXTRA_CA_CERTS names; a file that cannot be read is passed over, as Node does. */
function extraAuthorities(): string[] {
  const path = process.env['NODE_EXTRA_CA_CERTS'];
  try {
    return path === undefined || path === '' ? [] : [readFileSync(path, 'utf8')];
  } catch {
    return [];
  }
}

// An explicit list replaces Node's, so what Node would trust has to be repeated.
const authorities = (ca: readonly string[]): string[] => [...rootCertificates, ...extraAuthorities(), ...ca];

/** Gives the connection pool for a URL; `first` is the host that a redirect came from, when it is another. */
export type DispatcherFor = (url: URL, first?: string) => Dispatcher;

/** The proxy that the settings or the environment name, '' when neither does; the lower-case variable first, as everywhere. */
function proxyOf(setting: string | undefined, variable: string): string {
  const text = (setting ?? process.env[variable.toLowerCase()] ?? process.env[variable] ?? '').trim();
  return text === '' ? '' : proxyUrl(text);
}

function makeRouted(settings: NetworkSettings, first?: string): Dispatcher {
  const ca = settings.ca === undefined || settings.ca.length === 0 ? {} : { ca: authorities(settings.ca) };
  // Behind a proxy the proxy looks names up: what it may reach is its owner's business.
  const connect = { ...ca, ...(first !== undefined && { lookup: guardedLookup(first) }) };
  return new EnvHttpProxyAgent({
    httpProxy: proxyOf(settings.httpProxy, 'HTTP_PROXY'),
    httpsProxy: proxyOf(settings.httpsProxy, 'HTTPS_PROXY'),
    ...(settings.noProxy !== undefined && { noProxy: settings.noProxy }),
    connect,
    requestTls: ca,
    proxyTls: ca,
  });
}

/** Makes the pools: direct for loopback, else through the proxy when one is set; a redirect's host is looked up under guard. */
export function makeDispatchers(settings: NetworkSettings): DispatcherFor {
  const direct = new Agent(
    settings.ca === undefined || settings.ca.length === 0 ? {} : { connect: { ca: authorities(settings.ca) } },
  );
  const routed = makeRouted(settings);
  const redirected = new Map<string, Dispatcher>();
  return (url, first) => {
    if (isLoopbackHost(url.hostname)) return direct;
    if (first === undefined) return routed;
    const pool = redirected.get(first) ?? makeRouted(settings, first);
    redirected.set(first, pool);
    return pool;
  };
}
