import { chmod, mkdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Bits that let others than the owner in. */
const OTHERS = 0o077;
/** Permission, setgid and sticky: what a folder that several users share is made of. */
const INHERITED = 0o3777;

/** The mode that folders of a store get; undefined when it is its owner's alone, or not there yet. */
async function sharedMode(root: string): Promise<number | undefined> {
  const { mode } = (await stat(root).catch(() => undefined)) ?? { mode: 0 };
  return (mode & OTHERS) === 0 ? undefined : mode & INHERITED;
}

/**
 * Makes a folder of the store, and those above it, as open as the store's own folder: who shares the store shares all of it, whatever the
 * umask of the one who comes first. A store that is its owner's alone stays so.
 */
export async function makeFolder(path: string, root: string): Promise<void> {
  const mode = await sharedMode(root);
  const first = await mkdir(path, { recursive: true });
  if (first === undefined || mode === undefined) return;
  for (let at = path; at.length >= first.length; at = dirname(at)) await chmod(at, mode);
}

/** Makes the folders of a tree that is about to be moved into the store as open as the store. `paths` are of its files, relative. */
export async function openFolders(tree: string, paths: readonly string[], root: string): Promise<void> {
  const mode = await sharedMode(root);
  if (mode === undefined) return;
  const folders = new Set([tree]);
  for (const path of paths) {
    for (let cut = path.lastIndexOf('/'); cut > 0; cut = path.lastIndexOf('/', cut - 1)) {
      folders.add(join(tree, path.slice(0, cut)));
    }
  }
  for (const folder of folders) await chmod(folder, mode);
}
