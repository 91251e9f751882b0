import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isGone, newOwner } from './owner.js';
import { makeFolder } from './shared-folder.js';
import type { StoreLayout } from './store-layout.js';

/** A folder gives no signs of life: another host's, on a shared volume, is left alone for long. */
const DAY_MS = 24 * 3600 * 1000;

/** Removes what killed processes left in `tmp`. Returns how many folders went. */
export async function sweepTmp(layout: StoreLayout): Promise<number> {
  let swept = 0;
  for (const name of await readdir(layout.tmp).catch(() => [])) {
    const path = join(layout.tmp, name);
    const silent = await stat(path)
      .then((s) => Date.now() - s.mtimeMs)
      .catch(() => 0);
    if (!isGone(name, silent, DAY_MS)) continue;
    // Another user's, who does not let us: theirs to sweep.
    await rm(path, { recursive: true, force: true }).then(
      () => (swept += 1),
      () => undefined,
    );
  }
  return swept;
}

/** Hands a fresh folder on the store's own volume to `work` and removes what is left of it. */
export async function withTmpFolder<T>(layout: StoreLayout, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = join(layout.tmp, newOwner());
  await makeFolder(folder, layout.path);
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
