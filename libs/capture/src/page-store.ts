import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CliparityError } from '@cliparity/model';
import { decodePages, encodePages, type PageKey, type StoredPages } from './page-file.js';

/** What the store has under a key; a file it cannot read counts as absent and is spoken of in `note`. */
export interface StoreAnswer {
  readonly stored?: StoredPages;
  readonly note?: string;
}

/** Pages by binary and settings. */
export interface PageStore {
  read(key: PageKey): Promise<StoreAnswer>;
  /** Replaces what is there, whole or not at all. */
  write(key: PageKey, stored: StoredPages): Promise<void>;
  /** Absolute path of a key's file, there or not. */
  file(key: PageKey): string;
}

/** Where a key's file lies below the store's folder. Source: DESIGN section 5, Pages. */
export function pageFileName(key: PageKey): string {
  const digests = [key.binary_sha256, key.settings_sha256];
  if (digests.some((digest) => !/^[0-9a-f]{64}$/.test(digest))) {
    throw new CliparityError('PAGE_KEY_INVALID', `not a pair of SHA-256 digests: ${digests.join(', ')}`);
  }
  return `${key.binary_sha256}/${key.settings_sha256}.ndjson.gz`;
}

const isAbsent = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

async function readStored(file: string, key: PageKey): Promise<StoreAnswer> {
  try {
    return { stored: decodePages(key, await readFile(file)) };
  } catch (error) {
    if (isAbsent(error)) return {};
    const why = error instanceof Error ? error.message : String(error);
    return { note: `the page file ${pageFileName(key)} cannot be used (${why}); its pages are captured again` };
  }
}

/** Temp file in the same folder, fsync, rename: a killed run leaves the old file or the new one. */
async function replaceFile(file: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const temp = `${file}.${randomBytes(6).toString('hex')}.cliparity-tmp`;
  try {
    const handle = await open(temp, 'wx');
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temp, file);
  } catch (error) {
    await rm(temp, { force: true });
    throw error;
  }
}

/** The page store in a folder (`.cliparity/pages`), which is made with the first write. */
export function pageStoreIn(folder: string): PageStore {
  const file = (key: PageKey): string => join(folder, pageFileName(key));
  return {
    file,
    read: (key) => readStored(file(key), key),
    write: (key, stored) => replaceFile(file(key), encodePages(key, stored)),
  };
}
