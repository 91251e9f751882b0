import { rename, rm } from 'node:fs/promises';
import { FindingError, sha256, type LockEntry, type Provider } from '@cliparity/model';
import type { Io, Source } from '@cliparity/plugin-api';
import { checkLocator } from '../lock/locator.js';
import { providersDisagree, providersOf } from '../lock/providers.js';
import { storeKey, type Store, type StoredBinary } from '../store/store.js';
import { fetchAsset } from './fetch-asset.js';
import { isPlaceTrouble } from './place-trouble.js';
import { watchTransfer } from './watch-transfer.js';
import { unpackAsset, type Unpacked } from './unpack-asset.js';

/** What acquiring one lock entry takes. */
export interface AcquireRequest {
  readonly entry: LockEntry;
  /** The root's sources; the first that owns a locator opens it. */
  readonly sources: readonly Source[];
  readonly store: Store;
  readonly io: Io;
  /** Leaves the transferred asset in the store for a next entry that pins the same one; the last one leaves this out. */
  readonly keepAsset?: boolean;
}
/** An artifact in the store, and what it cost to have it there. */
export interface Acquired extends StoredBinary {
  /** Bytes that came over the wire. */
  readonly downloadedBytes: number;
  /** Nothing was fetched. */
  readonly fromStore: boolean;
}

const label = (entry: LockEntry): string => `${entry.semantic_version} for ${entry.target_triple}`;

function mismatch(what: string, pinned: string, actual: string): FindingError {
  const message = `the binary inside ${what} is pinned with ${pinned} but has ${actual}`;
  return new FindingError('BINARY_DIGEST_MISMATCH', message, {
    where: what,
    remedy: 'The lock and the upstream disagree: compare with cliparity lock --verify before you pin it anew.',
  });
}

/**
 * Throws BINARY_DIGEST_MISMATCH when what was unpacked is not what the lock pins, PROVIDER_DISAGREES when it came from a further provider.
 */
export function checkUnpacked(entry: LockEntry, unpacked: Unpacked, provider: Provider): void {
  const { binary_sha256, binary_size_bytes, tree_sha256, members } = unpacked;
  const what = provider.locator;
  const same = entry.binary_sha256 === binary_sha256 && entry.tree_sha256 === tree_sha256;
  if (!same && what !== entry.locator) throw providersDisagree(entry, { provider, outcome: unpacked });
  if (entry.binary_sha256 !== binary_sha256) throw mismatch(what, `sha256 ${entry.binary_sha256}`, binary_sha256);
  if (entry.binary_size_bytes !== binary_size_bytes) {
    throw mismatch(what, `${entry.binary_size_bytes} bytes`, `${binary_size_bytes}`);
  }
  if (entry.kind !== 'tree' || entry.tree_sha256 === tree_sha256) return;
  const pinned = new Map(entry.members?.map((member) => [member.path, member.sha256]));
  const other = members?.find((member) => pinned.get(member.path) !== member.sha256)?.path ?? 'its list of members';
  throw mismatch(
    `${what} (tree, first difference: ${other})`,
    `tree ${entry.tree_sha256 ?? 'none'}`,
    tree_sha256 ?? 'none',
  );
}

async function fromProvider(provider: Provider, request: AcquireRequest): Promise<Acquired> {
  const { entry, store, io } = request;
  const asset = await fetchAsset({
    ...request,
    locator: provider.locator,
    format: provider.format,
    // The entry's asset is locked by its name; another place's by what comes out of it.
    name: `asset-${provider.sha256}${provider.sha256 === entry.sha256 ? '' : `-${storeKey(entry)}`}`,
    size: provider.size_bytes,
    sha256: provider.sha256,
    integrity: provider.integrity,
    unpackedBytes: entry.members?.reduce((sum, member) => sum + member.size, 0) ?? entry.binary_size_bytes,
  });
  try {
    const { binary } = await unpackAsset({
      path: asset.path,
      format: provider.format,
      what: provider.locator,
      signal: io.signal,
      store,
      held: storeKey(entry),
      shape: { kind: entry.kind, member: provider.member, entry: entry.entry },
      from: `${entry.semantic_version} ${entry.target_triple} ${provider.locator}`,
      check: (unpacked) => checkUnpacked(entry, unpacked, provider),
    });
    return { ...binary, downloadedBytes: asset.transferred, fromStore: false };
  } finally {
    // As a partial that happens to be whole it is verified again and costs no transfer.
    await (request.keepAsset === true ? rename(asset.path, `${asset.path}.partial`) : rm(asset.path, { force: true }));
  }
}

async function fromProviders(request: AcquireRequest): Promise<Acquired> {
  const { entry, io } = request;
  const providers = providersOf(entry);
  const troubles: unknown[] = [];
  for (const provider of providers) {
    try {
      return await fromProvider(provider, request);
    } catch (error) {
      if (!isPlaceTrouble(error)) throw error;
      troubles.push(error);
      if (providers.length === 1) break;
      const then = troubles.length < providers.length ? 'trying the next provider' : 'there is no further provider';
      io.emit({ type: 'note', level: 'warn', message: `${(error as Error).message}; ${then} of ${label(entry)}` });
    }
  }
  // The first place is the entry's own: what is wrong there is what is to be mended.
  throw troubles[0];
}

function checkFits(entry: LockEntry): void {
  const [problem] = checkLocator(entry);
  if (problem === undefined) return;
  throw new FindingError('LOCATOR_MISMATCH', `the lock entry ${label(entry)} does not fit itself: ${problem}`, {
    where: entry.locator,
    remedy: 'Pin the artifact anew with cliparity lock.',
  });
}

/**
 * Brings the artifact of one lock entry into the store, or finds it there. One transfer however many processes ask.
 * Throws LOCATOR_MISMATCH, SOURCE_UNKNOWN, ASSET_SIZE_MISMATCH, ASSET_DIGEST_MISMATCH, BINARY_DIGEST_MISMATCH, PROVIDER_DISAGREES, ARCHIVE_*,
 * DISK_FULL, STORE_NOT_WRITABLE, the errors of the HTTP client, or Interrupted.
 */
export async function acquire(request: AcquireRequest): Promise<Acquired> {
  const { entry, store, io } = request;
  const found = await store.find(entry);
  if (found !== undefined) return { ...found, downloadedBytes: 0, fromStore: true };
  checkFits(entry);
  const watch = watchTransfer(entry, store, io);
  const waiting = { signal: io.signal, ...watch };
  // Locked by the asset and by what comes out of it: entries may share either.
  return store.exclusively(`asset-${entry.sha256}`, waiting, async () =>
    store.exclusively(storeKey(entry), waiting, async () => {
      watch.over();
      const meanwhile = await store.find(entry);
      if (meanwhile !== undefined) return { ...meanwhile, downloadedBytes: 0, fromStore: true };
      return fromProviders(request);
    }),
  );
}

/** The name of a locator's download while its digest is not known. */
export const unpinnedName = (locator: string): string => `locator-${sha256(locator).slice(0, 32)}`;
