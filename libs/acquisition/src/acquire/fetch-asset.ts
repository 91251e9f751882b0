import { stat } from 'node:fs/promises';
import { CouldNotRun, UsageError, type ArchiveFormat } from '@cliparity/model';
import type { Io, Source } from '@cliparity/plugin-api';
import type { ExpectedDigests } from '../download/check-digests.js';
import { download, type Downloaded } from '../download/download.js';
import type { Store } from '../store/store.js';

/** One asset to bring into the store's download folder. */
export interface AssetRequest extends ExpectedDigests {
  readonly locator: string;
  readonly format: ArchiveFormat;
  /** Name of the download in the store; the same for everybody who fetches the same asset. */
  readonly name: string;
  readonly sources: readonly Source[];
  readonly store: Store;
  readonly io: Io;
  /** Bytes that unpacking will need on top, when known. */
  readonly unpackedBytes?: number;
}

/** The source that understands a locator. Throws UsageError SOURCE_UNKNOWN. */
export function sourceOf(locator: string, sources: readonly Source[]): Source {
  const source = sources.find((candidate) => candidate.owns(locator));
  if (source !== undefined) return source;
  const known = sources.map((candidate) => candidate.id).join(', ') || 'none';
  throw new UsageError('SOURCE_UNKNOWN', `no source of this root understands ${locator} (sources: ${known})`, {
    where: locator,
    remedy: 'Add the source to "sources" in cliparity.json, or pin the artifact anew.',
  });
}

/** Bytes of an asset that an earlier run has brought already. */
async function arrivedBytes({ store, name }: AssetRequest): Promise<number> {
  const partial = await stat(`${store.partialPath(name)}.partial`).catch(() => undefined);
  return partial?.size ?? 0;
}

/** Refuses before the first byte what will not fit. Throws DISK_FULL. */
async function checkSpace(request: AssetRequest): Promise<void> {
  const [free, arrived] = await Promise.all([request.store.freeBytes(), arrivedBytes(request)]);
  const needed = Math.max(0, (request.size ?? 0) - arrived) + (request.unpackedBytes ?? 0);
  if (free === undefined || needed <= free) return;
  const { path } = request.store;
  throw new CouldNotRun('DISK_FULL', `${request.locator} needs ${needed} bytes but ${path} has ${free} free`, {
    where: path,
    remedy: 'Make room (cliparity store prune), or move the store with CLIPARITY_STORE.',
  });
}

/** Downloads an asset and checks its size and digests. The caller holds the lock for `name` and removes the file. */
export async function fetchAsset(request: AssetRequest): Promise<Downloaded> {
  const { locator, io, store } = request;
  const source = sourceOf(locator, request.sources);
  await checkSpace(request);
  const task = `download ${locator}`;
  try {
    return await download({
      what: locator,
      open: async (from) => source.open(locator, from, io),
      into: store.partialPath(request.name),
      signal: io.signal,
      size: request.size,
      sha256: request.sha256,
      integrity: request.integrity,
      onProgress: (done, total) =>
        io.emit({ type: 'progress', task, done, unit: 'bytes', ...(total !== undefined && { total }) }),
    });
  } finally {
    io.emit({ type: 'end', task });
  }
}
