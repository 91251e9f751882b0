import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from '@cliparity/model';

/** An answer that is kept: what was read out of it, and what to ask with next time. */
export interface CachedAnswer<T> {
  readonly etag: string | undefined;
  /** Milliseconds since 1970 when the other side last said that this is so. */
  readonly at: number;
  readonly value: T;
}

/** Answers of an API on disk. A file that cannot be read or written is no answer, never an error. */
export interface HttpCache {
  get<T>(key: string): Promise<CachedAnswer<T> | undefined>;
  put<T>(key: string, answer: CachedAnswer<T>): Promise<void>;
}

interface Kept {
  readonly version: 1;
  readonly key: string;
  readonly etag?: string;
  readonly at: number;
  readonly value: unknown;
}

let serial = 0;

/**
 * Opens the cache in a folder, which is made when something is put. A key is anything that tells two questions apart (address, who asks);
 * it is stored as its digest. Files are the user's alone, since answers may be of private places.
 */
export function openHttpCache(folder: string): HttpCache {
  const pathOf = (key: string): string => join(folder, `${sha256(key)}.json`);
  return {
    async get<T>(key: string) {
      try {
        const kept = JSON.parse(await readFile(pathOf(key), 'utf8')) as Kept;
        if (kept.version !== 1 || kept.key !== sha256(key) || typeof kept.at !== 'number') return undefined;
        return { etag: kept.etag, at: kept.at, value: kept.value as T };
      } catch {
        return undefined;
      }
    },
    async put(key, { etag, at, value }) {
      const kept: Kept = { version: 1, key: sha256(key), ...(etag !== undefined && { etag }), at, value };
      serial += 1;
      const draft = `${pathOf(key)}.${process.pid}.${serial}`;
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await writeFile(draft, JSON.stringify(kept), { mode: 0o600 });
        await rename(draft, pathOf(key));
      } catch {
        // A store that cannot be written must not keep anybody from reading releases.
      }
    },
  };
}
