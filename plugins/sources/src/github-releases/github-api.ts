import { HttpStatusError, isNetworkError, type HttpCache } from '@cliparity/acquisition';
import type { FetchedBody, Io } from '@cliparity/plugin-api';
import { nextPage, readRelease, readReleases, type ReleaseAnswer } from './answers.js';
import { explained, invalidAnswer, unusableToken } from './api-errors.js';
import type { Places } from './places.js';
import {
  readAttestations,
  readRepository,
  type AttestationAnswer,
  type RepositoryAnswer,
} from './provenance-answers.js';
import { findToken, maskToken, type Token } from './token.js';

const LARGEST = 64 * 2 ** 20;
/** Releases with hundreds of assets make pages of many megabytes. */
const PER_PAGE = 30;
const MOST_PAGES = 500;
const VERSION = '2022-11-28';

/** What asking one API takes. */
export interface ApiOptions {
  readonly places: Places;
  readonly cache: HttpCache;
  /** Milliseconds an answer is believed without asking. */
  readonly freshMs: number;
  /** Variable that the settings name for the token. */
  readonly tokenEnv: string | undefined;
}
/** The API of one repository. */
export interface GithubApi {
  /** Pages of releases, newest first, each asked for when the one before was used up. */
  pages(io: Io): AsyncIterable<readonly ReleaseAnswer[]>;
  release(tag: string, io: Io): Promise<ReleaseAnswer>;
  repository(io: Io): Promise<RepositoryAnswer>;
  /** The attestations of bytes, by `sha256:<hexadecimal>`; GITHUB_NOT_FOUND where there are none. */
  attestations(digest: string, io: Io): Promise<readonly AttestationAnswer[]>;
  /** Headers that make a request ours, the token among them. */
  headers(io: Io, accept: string): Readonly<Record<string, string>>;
  token(io: Io): Token | undefined;
}

interface Page<T> {
  readonly value: T;
  readonly next?: string;
}
type Reader<T> = (value: unknown) => T | undefined;

async function readJson(url: string, { body }: FetchedBody): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > LARGEST) throw invalidAnswer(url);
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch (cause) {
    throw invalidAnswer(url, cause);
  }
}

/** What a fresh answer holds. A next page elsewhere would carry the token there. */
async function pageOf<T>(url: string, answer: FetchedBody, read: Reader<T>): Promise<Page<T>> {
  const value = read(await readJson(url, answer));
  const next = nextPage(answer.headers['link']);
  if (value === undefined) throw invalidAnswer(url);
  if (next === undefined) return { value };
  if (!URL.canParse(next) || new URL(next).origin !== new URL(url).origin) throw invalidAnswer(url);
  return { value, next };
}

/** An old answer stands when no new one can be had; that the thing is gone or forbidden is a new answer. */
const mayStand = (error: unknown): boolean =>
  isNetworkError(error) && !(error instanceof HttpStatusError && [401, 404, 410].includes(error.status));

/**
 * Speaks GitHub's REST API for reading releases. Answers are kept: young ones are believed, older ones asked about with their ETag, which
 * costs nothing of the limit, and when nobody can be asked the old one stands, said aloud.
 * Throws GITHUB_RATE_LIMITED, GITHUB_TOKEN_REFUSED, GITHUB_NOT_FOUND, GITHUB_ANSWER_INVALID and the errors of the HTTP client.
 */
export function makeGithubApi({ places, cache, freshMs, tokenEnv }: ApiOptions): GithubApi {
  let told = false;
  const token = (io: Io): Token | undefined => {
    const found = findToken(io, tokenEnv);
    if (found !== undefined && !/^[\x21-\x7e]+$/.test(found.value)) throw unusableToken(found);
    const message = found && `github-releases: using the token ${maskToken(found.value)} of ${found.variable}`;
    if (message !== undefined && !told) io.emit({ type: 'note', message });
    told ||= found !== undefined;
    return found;
  };
  const headers = (io: Io, accept: string): Readonly<Record<string, string>> => {
    const found = token(io);
    const authorization = found === undefined ? {} : { authorization: `Bearer ${found.value}` };
    return { accept, 'x-github-api-version': VERSION, ...authorization };
  };
  const ask = async <T>(url: string, io: Io, read: Reader<T>): Promise<Page<T>> => {
    const key = `${url}\n${token(io)?.value ?? ''}`;
    const kept = await cache.get<Page<T>>(key);
    const now = io.now().getTime();
    if (kept !== undefined && now - kept.at < freshMs && now >= kept.at) return kept.value;
    const condition = kept?.etag === undefined ? {} : { 'if-none-match': kept.etag };
    try {
      const answer = await io.fetch(url, { headers: { ...headers(io, 'application/vnd.github+json'), ...condition } });
      const page = await pageOf(url, answer, read);
      await cache.put(key, { etag: answer.headers['etag'], at: now, value: page });
      return page;
    } catch (error) {
      if (kept === undefined) throw explained(error, url, token(io));
      if (error instanceof HttpStatusError && error.status === 304) {
        await cache.put(key, { ...kept, at: now });
        return kept.value;
      }
      if (!mayStand(error)) throw explained(error, url, token(io));
      const since = new Date(kept.at).toISOString();
      io.emit({ type: 'note', level: 'warn', message: `${(error as Error).message}; using what it said at ${since}` });
      return kept.value;
    }
  };
  return {
    token,
    headers,
    release: async (tag, io) =>
      (await ask(`${places.api}/releases/tags/${encodeURIComponent(tag)}`, io, readRelease)).value,
    repository: async (io) => (await ask(places.api, io, readRepository)).value,
    attestations: async (digest, io) =>
      (await ask(`${places.api}/attestations/${encodeURIComponent(digest)}`, io, readAttestations)).value,
    async *pages(io) {
      let url: string | undefined = `${places.api}/releases?per_page=${PER_PAGE}`;
      for (let count = 0; url !== undefined && count < MOST_PAGES; count += 1) {
        const page: Page<readonly ReleaseAnswer[]> = await ask(url, io, readReleases);
        yield page.value;
        url = page.next;
      }
    },
  };
}
