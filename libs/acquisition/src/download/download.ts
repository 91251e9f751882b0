import { rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CouldNotRun, FindingError, Interrupted } from '@cliparity/model';
import type { Bytes } from '@cliparity/plugin-api';
import { writeError } from '../fs-errors.js';
import { discard } from '../http/bytes-from.js';
import { HttpStatusError, isNetworkError } from '../http/http-errors.js';
import { checkDigests, sizeMismatch, type ExpectedDigests } from './check-digests.js';
import type { Digests } from './digests.js';
import { openPartial, type Partial } from './partial.js';

/** One asset to bring to disk, with what is known about it. */
export interface DownloadRequest extends ExpectedDigests {
  /** Opens the asset at a byte. The other side may start at 0 all the same. */
  readonly open: (from: number) => Promise<Bytes>;
  /** Names the asset in messages: its locator. */
  readonly what: string;
  /** Where the verified asset shall lie; `<into>.partial` holds what has arrived, also for a later run. */
  readonly into: string;
  readonly signal: AbortSignal;
  readonly onProgress?: (done: number, total?: number) => void;
  /** Tries in a row without a new byte before it is given up; 3 unless said. */
  readonly retries?: number;
}
/** An asset on disk whose size and digests hold. */
export interface Downloaded extends Digests {
  readonly path: string;
  /** Bytes that came over the wire in this run. */
  readonly transferred: number;
}

const LARGEST = 16 * 2 ** 30;

interface Transfer {
  readonly request: DownloadRequest;
  readonly partial: Partial;
  transferred: number;
}

async function openAt(transfer: Transfer): Promise<Bytes> {
  const { request, partial } = transfer;
  try {
    return await request.open(partial.size);
  } catch (error) {
    // 416: what we hold is no beginning of what is there now.
    if (!(error instanceof HttpStatusError) || error.status !== 416 || partial.size === 0) throw error;
    await partial.restart();
    return request.open(0);
  }
}

async function alignTo(bytes: Bytes, transfer: Transfer): Promise<void> {
  const { what, size } = transfer.request;
  if (size !== undefined && bytes.total !== undefined && bytes.total !== size) {
    await discard(bytes.body);
    throw sizeMismatch(what, size, String(bytes.total));
  }
  if (bytes.start === transfer.partial.size) return;
  const asked = transfer.partial.size;
  // Also of a side that cannot resume: it is asked from the beginning next, or no run would ever get further.
  await transfer.partial.restart();
  if (bytes.start === 0) return;
  await discard(bytes.body);
  throw new CouldNotRun('TRUNCATED', `${what} was asked from byte ${asked} but came from ${bytes.start}`, {
    where: what,
    remedy: 'Run again: it is then asked from its beginning.',
  });
}

/** Reads once to the end of what the other side sends. Throws when it is more or less than it should be. */
async function receive(transfer: Transfer, bytes: Bytes): Promise<void> {
  const { request, partial } = transfer;
  await alignTo(bytes, transfer);
  const total = request.size ?? bytes.total;
  for await (const chunk of bytes.body) {
    if (request.signal.aborted) throw new Interrupted();
    const arrived = partial.size + chunk.length;
    if (arrived > (total ?? LARGEST)) throw sizeMismatch(request.what, total ?? LARGEST, `at least ${arrived}`);
    await partial.append(chunk);
    transfer.transferred += chunk.length;
    request.onProgress?.(partial.size, total);
  }
  if (total !== undefined && partial.size < total) {
    throw new CouldNotRun('TRUNCATED', `${request.what} ended after ${partial.size} of ${total} bytes`, {
      where: request.what,
      remedy: 'Run again: what has arrived is kept.',
    });
  }
}

/** Reads until the asset is whole; goes on from where a broken connection left off as long as that brings new bytes. */
async function receiveAll(transfer: Transfer): Promise<void> {
  const { request, partial } = transfer;
  let failures = 0;
  // Progress is a length never reached before: a side that always starts anew and always breaks must not go on for ever.
  let furthest = partial.size;
  while (request.size === undefined || partial.size !== request.size) {
    // Whoever opens has a patience of its own: to ask again and again here would multiply it.
    const bytes = await openAt(transfer);
    try {
      await receive(transfer, bytes);
      return;
    } catch (error) {
      failures = partial.size > furthest ? 1 : failures + 1;
      furthest = Math.max(furthest, partial.size);
      if (!isNetworkError(error) || failures > (request.retries ?? 3)) throw error;
    }
  }
}

async function attempt(request: DownloadRequest): Promise<Downloaded & { readonly resumed: boolean }> {
  const part = `${request.into}.partial`;
  const partial = await openPartial(part, request.signal);
  const resumed = partial.size > 0;
  const transfer: Transfer = { request, partial, transferred: 0 };
  if (request.size !== undefined && partial.size > request.size) await partial.restart();
  try {
    await receiveAll(transfer);
  } catch (error) {
    // Bytes that are wrong are no beginning of anything; bytes that are merely few are.
    await (error instanceof FindingError ? partial.drop() : partial.keep());
    throw error;
  }
  return { ...(await partial.finish()), path: part, transferred: transfer.transferred, resumed };
}

async function verified(request: DownloadRequest): Promise<Downloaded> {
  const { resumed, ...got } = await attempt(request);
  try {
    checkDigests(request.what, request, got);
    return got;
  } catch (error) {
    await rm(got.path, { force: true });
    if (!resumed) throw error;
    // The beginning was an earlier run's and may be of another file: only a whole transfer is proof.
    const whole = await attempt(request);
    const again = { ...whole, transferred: whole.transferred + got.transferred };
    try {
      checkDigests(request.what, request, again);
    } catch (mismatch) {
      await rm(again.path, { force: true });
      throw mismatch;
    }
    return again;
  }
}

/**
 * Brings an asset to disk in constant memory, digesting as it comes, and gives it its name only when size and digest match.
 * Throws ASSET_SIZE_MISMATCH, ASSET_DIGEST_MISMATCH, TRUNCATED, DISK_FULL, STORE_NOT_WRITABLE, Interrupted, and whatever `open` throws.
 */
export async function download(request: DownloadRequest): Promise<Downloaded> {
  try {
    const got = await verified(request);
    await rename(got.path, request.into);
    return {
      path: request.into,
      size: got.size,
      sha256: got.sha256,
      integrity: got.integrity,
      transferred: got.transferred,
    };
  } catch (error) {
    throw request.signal.aborted ? new Interrupted() : writeError(error, dirname(request.into));
  }
}
