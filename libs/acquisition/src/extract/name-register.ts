import { archiveError } from './limits.js';

/** Remembers every name of an archive, folders included, to refuse names that would overwrite each other somewhere. */
export interface NameRegister {
  /** Throws ARCHIVE_DUPLICATE for a name seen before, or one that differs from another by case or Unicode form only. */
  add(path: string, folder: boolean): void;
}

const fold = (path: string): string => path.normalize('NFC').toLowerCase();

/** Makes an empty register for one archive. */
export function makeNameRegister(archive: string): NameRegister {
  const seen = new Map<string, { readonly path: string; readonly folder: boolean }>();
  const note = (path: string, folder: boolean): boolean => {
    const key = fold(path);
    const before = seen.get(key);
    if (before === undefined) {
      seen.set(key, { path, folder });
      return true;
    }
    if (before.path === path && before.folder && folder) return false;
    const how = before.path === path ? 'stands twice' : `differs from ${before.path} by case or Unicode form only`;
    throw archiveError('ARCHIVE_DUPLICATE', archive, `member ${path} ${how}`);
  };
  return {
    add(path, folder) {
      note(path, folder);
      // From the inside out: a parent that is known has known parents.
      for (let cut = path.lastIndexOf('/'); cut > 0; cut = path.lastIndexOf('/', cut - 1)) {
        if (!note(path.slice(0, cut), true)) break;
      }
    },
  };
}
