import { rm } from 'node:fs/promises';
import { FindingError, type Provider } from '@cliparity/model';
import { providersOf } from '../lock/providers.js';
import { checkUnpacked, type AcquireRequest } from './acquire.js';
import { fetchAsset } from './fetch-asset.js';
import { isPlaceTrouble } from './place-trouble.js';
import { unpackAsset } from './unpack-asset.js';

/** What is wrong with one place of an entry. */
export interface ProviderProblem {
  readonly locator: string;
  readonly error: FindingError;
}

async function checkProvider(provider: Provider, request: AcquireRequest): Promise<void> {
  const { entry, store, io } = request;
  const { locator, format, size_bytes: size, sha256, integrity, member } = provider;
  const name = `verify-${sha256}`;
  await store.exclusively(name, { signal: io.signal }, async () => {
    const asset = await fetchAsset({ ...request, locator, format, name, size, sha256, integrity });
    try {
      await unpackAsset({
        path: asset.path,
        format,
        what: locator,
        signal: io.signal,
        store,
        shape: { kind: entry.kind, member, entry: entry.entry },
        from: `${entry.semantic_version} ${entry.target_triple} ${locator}`,
        check: (unpacked) => checkUnpacked(entry, unpacked, provider),
      });
    } finally {
      await rm(asset.path, { force: true });
    }
  });
}

/**
 * Transfers every place of an entry anew, whatever the store has, and compares it with what is pinned. Gives what is wrong, by place. A further
 * place that cannot be read is said and passed over: it is there for the day when the first one cannot be.
 * Throws what stops it: SOURCE_UNKNOWN, DISK_FULL, STORE_NOT_WRITABLE, the errors of the HTTP client of the first place, Interrupted.
 */
export async function verifyEntry(request: AcquireRequest): Promise<readonly ProviderProblem[]> {
  const { entry, io } = request;
  const problems: ProviderProblem[] = [];
  for (const provider of providersOf(entry)) {
    try {
      await checkProvider(provider, request);
    } catch (error) {
      if (error instanceof FindingError) problems.push({ locator: provider.locator, error });
      else if (provider.locator === entry.locator || !isPlaceTrouble(error)) throw error;
      else
        io.emit({
          type: 'note',
          level: 'warn',
          message: `${(error as Error).message}; this provider was not compared`,
        });
    }
  }
  return problems;
}
