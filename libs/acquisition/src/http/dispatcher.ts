import { readFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';
import { Agent, EnvHttpProxyAgent, type Dispatcher } from 'undici';
import { isLoopbackHost } from './address.js';

/** How this machine reaches the network. What is absent is read from the environment (HTTP_PROXY, HTTPS_PROXY, NO_PROXY). */
export interface NetworkSettings {
  /** PEM texts of further certificate authorities; Node's own and NODE_EXTRA_CA_CERTS stay trusted. */
  readonly ca?: readonly string[];
  readonly httpProxy?: string;
  readonly httpsProxy?: string;
  readonly noProxy?: string;
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

/** Gives the connection pool for a URL: direct for loopback, else through the proxy when one is set. */
export function makeDispatchers(settings: NetworkSettings): (url: URL) => Dispatcher {
  const connect = settings.ca === undefined || settings.ca.length === 0 ? undefined : { ca: authorities(settings.ca) };
  const direct = new Agent(connect === undefined ? {} : { connect });
  const routed = new EnvHttpProxyAgent({
    ...(settings.httpProxy !== undefined && { httpProxy: settings.httpProxy }),
    ...(settings.httpsProxy !== undefined && { httpsProxy: settings.httpsProxy }),
    ...(settings.noProxy !== undefined && { noProxy: settings.noProxy }),
    ...(connect !== undefined && { connect, requestTls: connect, proxyTls: connect }),
  });
  return (url) => (isLoopbackHost(url.hostname) ? direct : routed);
}
