import { CouldNotRun } from '@cliparity/model';
import { isLoopbackHost, isPrivateHost } from './address.js';
import { maskUrl } from './mask-url.js';

function allowedScheme(url: URL): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackHost(url.hostname));
}

/** The URL a request starts from. Throws URL_INVALID, or URL_NOT_HTTPS when bytes would travel in the clear. */
export function checkFirstUrl(text: string): URL {
  if (!URL.canParse(text)) {
    throw new CouldNotRun('URL_INVALID', `"${text}" is not a URL`, { where: text, remedy: 'Correct the locator.' });
  }
  const url = new URL(text);
  if (allowedScheme(url)) return url;
  throw new CouldNotRun('URL_NOT_HTTPS', `${maskUrl(text)} is not an https address`, {
    where: maskUrl(text),
    remedy: 'Use the https address; plain http is only spoken with this machine itself.',
  });
}

function hostAllowed(host: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) =>
    pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) && host.length > pattern.length - 1 : host === pattern,
  );
}

type Refusal = readonly [reason: string, remedy: string];
const ADDRESS = 'Check the address of the source; no setting allows such a redirect.';

/** Why a redirect may not be followed and what would help, or undefined when it may. `first` is where the request began. */
function refusal(first: URL, to: URL | undefined, redirectHosts: readonly string[]): Refusal | undefined {
  if (to === undefined) return ['it names no address', ADDRESS];
  if (!allowedScheme(to)) return ['it leaves https', ADDRESS];
  if (to.hostname === first.hostname) return undefined;
  const home = isLoopbackHost(first.hostname) && isLoopbackHost(to.hostname);
  const inner = 'If it is your own mirror, use its address in the source’s settings.';
  if (!home && isPrivateHost(to.hostname)) return ['it leads to a private address', inner];
  if (hostAllowed(to.hostname, redirectHosts)) return undefined;
  return [
    `the host ${to.hostname} is not on the source’s list`,
    'If the host belongs to the upstream, add it to redirect_hosts in the source’s settings.',
  ];
}

/** A redirect to judge: where the request began, who redirects, and where to. */
export interface RedirectCheck {
  readonly first: URL;
  readonly from: URL;
  readonly location: string;
  readonly redirectHosts: readonly string[];
}

/** Where a redirect leads. Throws REDIRECT_REFUSED when our rules forbid it (DESIGN section 6). */
export function checkRedirect(check: RedirectCheck): URL {
  const { first, from, location, redirectHosts } = check;
  const to = URL.canParse(location, from.href) ? new URL(location, from) : undefined;
  const refused = refusal(first, to, redirectHosts);
  if (to !== undefined && refused === undefined) return to;
  const [reason = '', remedy = ''] = refused ?? [];
  throw new CouldNotRun('REDIRECT_REFUSED', `the redirect from ${maskUrl(from.href)} was refused: ${reason}`, {
    where: maskUrl(to?.href ?? location),
    remedy,
  });
}
