import { stat } from 'node:fs/promises';
import type { LockEntry } from '@cliparity/model';
import type { Io } from '@cliparity/plugin-api';
import type { ArtifactLockOptions } from '../store/artifact-lock.js';
import type { Store } from '../store/store.js';

/** What to do while we wait, and when that is over. */
export interface TransferWatch extends Required<Pick<ArtifactLockOptions, 'onWait' | 'onStillWaiting'>> {
  readonly over: () => void;
}

/** Tells how far another process has come with the asset that we wait for: what it has written is what there is. */
export function watchTransfer(entry: LockEntry, store: Store, io: Io): TransferWatch {
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
    over: () => {
      if (seen >= 0) io.emit({ type: 'end', task });
      seen = -1;
    },
  };
}
