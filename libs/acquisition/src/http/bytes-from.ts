import { CouldNotRun } from '@cliparity/model';
import type { Bytes, FetchedBody } from '@cliparity/plugin-api';
import { maskUrl } from './mask-url.js';

function numberOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}

/** Lets go of a body nobody will read, so that its socket is closed. */
export async function discard(body: AsyncIterable<Uint8Array>): Promise<void> {
  try {
    for await (const chunk of body) if (chunk.length >= 0) break;
  } catch {
    // It was to be thrown away anyway.
  }
}

async function refuse(answer: FetchedBody, url: string, what: string): Promise<never> {
  await discard(answer.body);
  throw new CouldNotRun('HTTP_NOT_AN_ASSET', `${maskUrl(url)} answered with ${what}`, {
    where: maskUrl(url),
    remedy: 'A log-in page or a proxy stands in between, or the address is wrong: open it in a browser.',
  });
}

/**
 * Reads an answer to a (range) request as the bytes of an asset. Understands `Content-Range` and `Content-Length`.
 * Throws HTTP_NOT_AN_ASSET when a web page came instead, as log-in pages and error pages with status 200 do.
 */
export async function bytesFrom(answer: FetchedBody, url: string): Promise<Bytes> {
  const { headers, status, body } = answer;
  if (/^text\/html\b/i.test(headers['content-type'] ?? '')) return refuse(answer, url, 'a web page instead of a file');
  if (status !== 206) {
    const total = numberOf(headers['content-length']);
    return { start: 0, body, ...(total !== undefined && { total }) };
  }
  const range = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers['content-range'] ?? '');
  if (range === null) return refuse(answer, url, 'a part of a file without saying which');
  const total = numberOf(range[2]);
  return { start: Number(range[1]), body, ...(total !== undefined && { total }) };
}
