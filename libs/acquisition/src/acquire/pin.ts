import { rm } from 'node:fs/promises';
import type { LockEntry, Semver, TargetId } from '@cliparity/model';
import type { Asset, Io, Release, Source } from '@cliparity/plugin-api';
import type { Downloaded } from '../download/download.js';
import { compareEntries } from '../lock/lock-file.js';
import type { Store } from '../store/store.js';
import { unpinnedName } from './acquire.js';
import { fetchAsset } from './fetch-asset.js';
import { unpackAsset, type Unpacked } from './unpack-asset.js';

/** What pinning one asset for one version and target takes. */
export interface PinRequest {
  readonly asset: Asset;
  /** Gives `published_at`, when its source knows. */
  readonly release?: Release;
  readonly version: Semver;
  readonly target: TargetId;
  readonly source: Source;
  readonly store: Store;
  readonly io: Io;
}

type Published = Pick<LockEntry, 'published_at' | 'published_at_source'>;

function published(request: PinRequest): Published {
  const at = request.release?.publishedAt;
  return at === undefined ? {} : { published_at: at, published_at_source: request.source.id };
}

function entryOf(
  request: PinRequest,
  asset: { readonly size: number; readonly sha256: string },
  unpacked: Unpacked,
): LockEntry {
  const { locator, name, format, kind, digests, provenance } = request.asset;
  return {
    semantic_version: request.version,
    target_triple: request.target,
    kind,
    ...published(request),
    locator,
    ...(digests.integrity !== undefined && { integrity: digests.integrity }),
    asset_name: name,
    sha256: asset.sha256,
    size_bytes: asset.size,
    format,
    ...(provenance !== undefined && { provenance }),
    ...unpacked,
  };
}

async function entryFrom(request: PinRequest, got: Downloaded): Promise<LockEntry> {
  const { asset, store, io } = request;
  const { unpacked } = await unpackAsset({
    path: got.path,
    format: asset.format,
    what: asset.locator,
    signal: io.signal,
    store,
    shape: { kind: asset.kind, member: asset.member, entry: asset.entry },
    from: `${request.version} ${request.target} ${asset.locator}`,
    check: () => undefined,
  });
  return entryOf(request, got, unpacked);
}

/** Everything one asset pins: fetched once, unpacked for each of the targets it holds. */
async function pinShared(requests: readonly PinRequest[]): Promise<LockEntry[]> {
  const { asset, source, store, io } = requests[0] as PinRequest;
  const { locator, format, size, digests } = asset;
  const name = unpinnedName(locator);
  return store.exclusively(name, { signal: io.signal }, async () => {
    const got = await fetchAsset({ locator, format, name, sources: [source], store, io, size, ...digests });
    try {
      const entries: LockEntry[] = [];
      for (const request of requests) entries.push(await entryFrom(request, got));
      return entries;
    } finally {
      await rm(got.path, { force: true });
    }
  });
}

/**
 * Downloads assets, computes everything that lock entries say about them, and leaves the binaries in the store. An asset that serves
 * several targets is fetched once. What a source states (size, digests) must hold. The entries come in the lock's order.
 * Throws what `acquire` throws, LOCATOR_MISMATCH and BINARY_DIGEST_MISMATCH excepted.
 */
export async function pinAll(requests: readonly PinRequest[]): Promise<LockEntry[]> {
  const groups = new Map<string, PinRequest[]>();
  for (const request of requests) {
    const { locator } = request.asset;
    groups.set(locator, [...(groups.get(locator) ?? []), request]);
  }
  const entries: LockEntry[] = [];
  for (const group of groups.values()) entries.push(...(await pinShared(group)));
  return entries.sort(compareEntries);
}

/** `pinAll` for one asset. */
export async function pin(request: PinRequest): Promise<LockEntry> {
  const [entry] = await pinShared([request]);
  return entry as LockEntry;
}
