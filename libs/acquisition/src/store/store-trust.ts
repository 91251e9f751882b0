import { checkStored, placeOf, readStored } from './store-check.js';
import type { StoreLayout } from './store-layout.js';
import { look, writeMeta, type StoreMeta } from './store-meta.js';
import { withTmpFolder } from './tmp-folder.js';

/** The record with today’s size, time and permission of every file. */
async function asTheyLook(layout: StoreLayout, meta: StoreMeta): Promise<StoreMeta> {
  const files = meta.files.map(async (file) => ({ ...file, ...(await look(placeOf(layout, meta, file))) }));
  return { ...meta, files: await Promise.all(files) };
}

/** Whether nothing but times differ from the record. */
async function onlyTimesDiffer(layout: StoreLayout, meta: StoreMeta): Promise<boolean> {
  const now = (await asTheyLook(layout, meta)).files;
  return meta.files.every((file, at) => file.size === now[at]?.size && file.mode === now[at].mode);
}

/**
 * Whether a thing may be used. Files that look as they did when they were put are believed; files whose times alone differ (a store that was
 * copied, restored from a cache or a backup) are read once more, and the record then remembers how they look now.
 */
export async function isTrusted(layout: StoreLayout, meta: StoreMeta): Promise<boolean> {
  const problems = await checkStored(layout, meta);
  if (problems.length === 0) return true;
  if (problems.some(({ problem }) => problem === 'missing')) return false;
  if (!(await onlyTimesDiffer(layout, meta)) || (await readStored(layout, meta)).length > 0) return false;
  // A store that may not be written is believed each time anew.
  await withTmpFolder(layout, async (tmp) => writeMeta(layout, await asTheyLook(layout, meta), tmp)).catch(
    () => undefined,
  );
  return true;
}
