import { CouldNotRun, Interrupted } from '@cliparity/model';
import { errorCodes } from '../error-code.js';
import { maskUrl } from './mask-url.js';

/** An answer that is not the thing asked for. */
export interface BadAnswer {
  readonly url: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** An answer with a status other than 200 and 206, code HTTP_STATUS. */
export class HttpStatusError extends CouldNotRun {
  readonly status: number;
  /** The answer's headers, names in lower case. */
  readonly headers: BadAnswer['headers'];

  constructor({ url, status, headers }: BadAnswer, remedy: string) {
    super('HTTP_STATUS', `${maskUrl(url)} answered with status ${status}`, { where: maskUrl(url), remedy });
    this.status = status;
    this.headers = headers;
  }
}

function remedyFor(status: number, retryAfter: number | undefined): string {
  switch (status === 403 && retryAfter !== undefined ? 429 : status) {
    case 401:
      return 'The server wants credentials: log in (npm login) or set a token for this host.';
    case 403:
      return 'The server refuses these credentials or this address: check the token’s rights and that the proxy lets the host through.';
    case 404:
    case 410:
      return 'Nothing is published there (any more): check name and version, or pin the artifact anew.';
    case 429:
      return retryAfter === undefined
        ? 'Too many requests: wait some minutes, or authenticate for a higher limit.'
        : `Too many requests: try again in ${Math.ceil(retryAfter / 1000)} seconds, or authenticate for a higher limit.`;
    default:
      return status >= 500 ? 'The server is in trouble: try again later.' : 'Check the address of the source.';
  }
}

/** The error for a status that is no success, with what to do about it. `retryAfter` in milliseconds. */
export function statusError(answer: BadAnswer, retryAfter?: number): HttpStatusError {
  return new HttpStatusError(answer, remedyFor(answer.status, retryAfter));
}

const SILENCES: Readonly<Record<string, string>> = {
  UND_ERR_BODY_TIMEOUT: 'stopped sending',
  UND_ERR_HEADERS_TIMEOUT: 'took the question and did not answer',
};
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|ERR_TLS/;

/** Turns what undici or the socket threw into an error of ours: NETWORK, NETWORK_STALLED, NETWORK_TLS, or Interrupted. */
export function networkError(error: unknown, url: string, signal: AbortSignal): Error {
  if (signal.aborted) return new Interrupted();
  if (error instanceof CouldNotRun) return error;
  const where = maskUrl(url);
  const code = errorCodes(error)[0] ?? '';
  const silence = SILENCES[code];
  if (silence !== undefined) {
    const remedy =
      'Check the connection and run again: what has arrived is kept. npm’s fetch-timeout says how long we wait.';
    return new CouldNotRun('NETWORK_STALLED', `${where} ${silence}`, { where, remedy, cause: error });
  }
  if (CERTIFICATE.test(code)) {
    const remedy = 'Give the authority’s certificate in NODE_EXTRA_CA_CERTS or in npm’s cafile.';
    const message = `the certificate of ${where} is not trusted (${code})`;
    return new CouldNotRun('NETWORK_TLS', message, { where, remedy, cause: error });
  }
  const refused = /^Proxy response \((\d+)\)/.exec((error as { readonly message?: string }).message ?? '')?.[1];
  if (refused !== undefined) {
    const remedy =
      'Check HTTPS_PROXY (user and password stand in it), NO_PROXY, and whether the proxy lets this host through.';
    const message = `${where} could not be reached: the proxy answered with status ${refused}`;
    return new CouldNotRun('NETWORK', message, { where, remedy, cause: error });
  }
  const reason = code === '' ? String((error as { readonly message?: unknown }).message ?? error) : code;
  const remedy = 'Check the connection, the proxy (HTTPS_PROXY, NO_PROXY) and the address, then run again.';
  return new CouldNotRun('NETWORK', `${where} could not be read (${reason})`, { where, remedy, cause: error });
}

const NETWORK_CODES = new Set([
  'HTTP_STATUS',
  'HTTP_NOT_AN_ASSET',
  'NETWORK',
  'NETWORK_STALLED',
  'NETWORK_TLS',
  'REDIRECT_LOOP',
  'TRUNCATED',
]);

/** Whether an error says that the other side could not be read, as opposed to: what it sent is wrong. */
export function isNetworkError(error: unknown): boolean {
  return error instanceof CouldNotRun && NETWORK_CODES.has(error.code);
}
