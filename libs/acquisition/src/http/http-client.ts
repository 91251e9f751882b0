import { setTimeout as pause } from 'node:timers/promises';
import { CouldNotRun, Interrupted } from '@cliparity/model';
import type { FetchedBody, FetchOptions, Io } from '@cliparity/plugin-api';
import { request, type Dispatcher } from 'undici';
import { checkFirstUrl, checkRedirect } from './check-url.js';
import { makeDispatchers, type DispatcherFor, type NetworkSettings } from './dispatcher.js';
import { networkError, statusError } from './http-errors.js';
import { maskUrl } from './mask-url.js';
import { backOffMs, isCurable, isRetryableError, wantedPauseMs } from './retry.js';

/** How a client reaches the network and how patient it is. */
export interface HttpClientOptions extends NetworkSettings {
  readonly signal: AbortSignal;
  /** Told about every pause before another try. */
  readonly onNote?: (message: string) => void;
  readonly now?: () => Date;
  /** Waits; rejects when the signal fires. For tests. */
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
}

const MAX_REDIRECTS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/** What may be told to a host that the request did not start from. */
const HARMLESS = new Set(['accept', 'accept-encoding', 'range', 'if-range', 'user-agent']);

type Headers = Readonly<Record<string, string>>;
type Answer = Dispatcher.ResponseData;
interface Client {
  readonly options: HttpClientOptions;
  readonly dispatcherFor: DispatcherFor;
}

function lowerCased(headers: Headers): Headers {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function flatHeaders(headers: Answer['headers']): Headers {
  const flat = Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]);
  return Object.fromEntries(flat.filter(([, value]) => value !== undefined)) as Headers;
}

async function ask(client: Client, at: { url: URL; first: URL }, headers: Headers): Promise<Answer> {
  const { url, first } = at;
  const from = url.hostname === first.hostname ? undefined : first.hostname;
  const timeout = client.options.inactivityMs ?? 30_000;
  return request(url, {
    dispatcher: client.dispatcherFor(url, from),
    headers,
    signal: client.options.signal,
    headersTimeout: timeout,
    bodyTimeout: timeout,
  });
}

/** One try: the request and its redirects. The answer's status may be anything but a redirect. */
async function follow(client: Client, first: URL, options: FetchOptions): Promise<{ url: URL; answer: Answer }> {
  const all = { 'accept-encoding': 'identity', 'user-agent': 'cliparity', ...lowerCased(options.headers ?? {}) };
  const harmless = Object.fromEntries(Object.entries(all).filter(([name]) => HARMLESS.has(name)));
  let url = first;
  // Once away from the first origin, credentials stay behind even when a later redirect leads back.
  let atHome = true;
  for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
    const answer = await ask(client, { url, first }, atHome ? all : harmless);
    const location = answer.headers['location'];
    if (!REDIRECTS.has(answer.statusCode) || typeof location !== 'string') return { url, answer };
    await answer.body.dump();
    url = checkRedirect({ first, from: url, location, redirectHosts: options.redirectHosts ?? [] });
    atHome &&= url.origin === first.origin;
  }
  throw new CouldNotRun('REDIRECT_LOOP', `${maskUrl(first.href)} redirects more than ${MAX_REDIRECTS} times`, {
    where: maskUrl(first.href),
    remedy: 'Check the address of the source.',
  });
}

async function* guardedBody(answer: Answer, url: URL, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of answer.body) yield chunk as Uint8Array;
  } catch (error) {
    throw networkError(error, url.href, signal);
  }
}

type Outcome = { readonly done: FetchedBody } | { readonly failure: Error; readonly pauseMs?: number };

/** One try, judged: an answer to hand over, or a failure and, when another try may cure it, the pause before that. */
async function attempt(
  client: Client,
  first: URL,
  options: FetchOptions & { readonly tried: number },
): Promise<Outcome> {
  const { signal, now = () => new Date() } = client.options;
  try {
    const { url, answer } = await follow(client, first, options);
    const status = answer.statusCode;
    if (status === 200 || status === 206) {
      return { done: { status, headers: flatHeaders(answer.headers), body: guardedBody(answer, url, signal) } };
    }
    await answer.body.dump();
    const headers = flatHeaders(answer.headers);
    const wanted = wantedPauseMs(status, headers, now());
    const failure = statusError({ url: url.href, status, headers }, wanted);
    return isCurable(status, wanted) ? { failure, pauseMs: wanted ?? backOffMs(options.tried) } : { failure };
  } catch (error) {
    const failure = networkError(error, first.href, signal);
    return isRetryableError(error) && !signal.aborted ? { failure, pauseMs: backOffMs(options.tried) } : { failure };
  }
}

/**
 * Makes the function behind `Io.fetch`: HTTPS only (loopback excepted), at most 5 checked redirects, credentials stay with the first origin,
 * proxies and further authorities honoured, another try on 429, 500, 502, 503, 504, on a 403 that is a limit, and on broken connections, time-out by silence and not by length.
 * Throws URL_INVALID, URL_NOT_HTTPS, REDIRECT_REFUSED, REDIRECT_LOOP, HTTP_STATUS, NETWORK, NETWORK_STALLED, NETWORK_TLS or Interrupted.
 */
export function createHttpClient(options: HttpClientOptions): Io['fetch'] {
  const client: Client = { options, dispatcherFor: makeDispatchers(options) };
  const { signal, retries = 4, onNote } = options;
  const sleep = options.sleep ?? (async (ms, stop) => void (await pause(ms, undefined, { signal: stop })));
  return async (text, fetchOptions = {}) => {
    const first = checkFirstUrl(text);
    for (let tried = 0; ; tried += 1) {
      if (signal.aborted) throw new Interrupted();
      const outcome = await attempt(client, first, { ...fetchOptions, tried });
      if ('done' in outcome) return outcome.done;
      if (outcome.pauseMs === undefined || tried >= retries) throw outcome.failure;
      onNote?.(`${outcome.failure.message}; trying again in ${outcome.pauseMs / 1000} s`);
      await sleep(outcome.pauseMs, signal).catch(() => undefined);
    }
  };
}
