import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Place } from './place.js';

/** Every file below a folder, as paths relative to it, in order. */
export function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  // A named pipe is no file: whoever reads it waits.
  const files = entries.filter((entry) => !entry.isDirectory() && !entry.isFIFO());
  return files.map((entry) => relative(folder, join(entry.parentPath, entry.name))).sort();
}

/** The digest of every file below a folder, by path. */
export function digestsBelow(folder: string): Record<string, string> {
  const digest = (file: string): string =>
    createHash('sha256')
      .update(readFileSync(join(folder, file)))
      .digest('hex');
  return Object.fromEntries(filesBelow(folder).map((file) => [file, digest(file)]));
}

/** The bytes of every committed file of the root, by path. */
export function committed(place: Place): Record<string, string> {
  const texts = filesBelow(place.root).map((file) => [file, readFileSync(join(place.root, file), 'utf8')] as const);
  return Object.fromEntries(texts);
}

/**
 * What a run must not leave behind, wherever it ends: temporary files of atomic writes, private folders of children, unpacked halves and
 * locks of the store. A broken-off transfer may stay in `partial`: the next run goes on from there.
 */
export function leftovers(place: Place): string[] {
  const all = [place.workspace, place.store].flatMap((folder) =>
    filesBelow(folder).map((file) => relative(place.base, join(folder, file))),
  );
  const temporary = all.filter((file) => file.endsWith('.cliparity-tmp'));
  const inside = (folder: string): string[] =>
    existsSync(folder) ? readdirSync(folder).map((name) => relative(place.base, join(folder, name))) : [];
  const folders = [join(place.workspace, '.cliparity/tmp'), join(place.store, 'tmp'), join(place.store, 'locks')];
  return [...temporary, ...folders.flatMap(inside)];
}
