import { stat } from 'node:fs/promises';
import type { LockEntry } from '@cliparity/model';
import type { Io } from '@cliparity/plugin-api';
import type { ArtifactLockOptions } from '../store/artifact-lock.js';
import type { Store } from '../store/store.js';

/** Tells how far another process has come with the asset that we wait for: what it has written is what there is. */
export function watchTransfer(
  entry: LockEntry,
  store: Store,
  io: Io,
): Required<Pick<ArtifactLockOptions, 'onWait' | 'onStillWaiting'>> {
  const name = `${entry.semantic_version} for ${entry.target_triple}`;
  const task = `download ${entry.locator}`;
  const partial = `${store.partialPath(`asset-${entry.sha256}`)}.partial`;
  let seen = -1;
  return {
    onWait: () => io.emit({ type: 'note', message: `another process is fetching ${name}; waiting for it` }),
    onStillWaiting: async () => {
      const size = await stat(partial).then(
        (found) => found.size,
        () => undefined,
      );
      if (size === undefined || size === seen) return;
      seen = size;
      io.emit({ type: 'progress', task, done: size, total: entry.size_bytes, unit: 'bytes' });
    },
  };
}
