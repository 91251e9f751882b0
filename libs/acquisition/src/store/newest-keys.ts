import { compareVersions, UsageError, type Lock } from '@cliparity/model';
import { storeKey } from './store.js';
import type { StoreKey } from './store-layout.js';

/** Reads `newest:<count>`. Throws UsageError KEEP_INVALID. Pure. */
export function readKeep(text: string): number {
  const count = /^newest:([1-9]\d{0,5})$/.exec(text)?.[1];
  if (count !== undefined) return Number(count);
  throw new UsageError('KEEP_INVALID', `--keep takes newest:<count>, such as newest:2, not "${text}"`, {
    where: '--keep',
    remedy: 'Say how many versions of each root shall stay: --keep newest:2',
  });
}

/** The keys of what the newest versions of a lock pin; pruning keeps them. Pure. */
export function newestKeys(lock: Lock, count: number): readonly StoreKey[] {
  const versions = [...new Set(lock.artifacts.map((entry) => entry.semantic_version))].sort(compareVersions);
  const newest = new Set(versions.slice(-count));
  return lock.artifacts.filter((entry) => newest.has(entry.semantic_version)).map(storeKey);
}
