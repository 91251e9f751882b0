import { createReadStream } from 'node:fs';
import { open, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errorCode } from '../error-code.js';
import { makeFolder } from '../store/shared-folder.js';
import { makeDigester, type Digester } from './digests.js';

/** The part of an asset that has arrived, on disk, with its running digest. */
export interface Partial {
  readonly size: number;
  append(chunk: Uint8Array): Promise<void>;
  /** Throws the part away and begins anew. */
  restart(): Promise<void>;
  /** Flushes to disk and closes; the digests are final. */
  finish(): Promise<ReturnType<Digester['finish']>>;
  /** Closes, and keeps for a later run what there is. */
  keep(): Promise<void>;
  /** Closes and deletes the file. */
  drop(): Promise<void>;
}

async function digestExisting(path: string, signal: AbortSignal): Promise<Digester> {
  const digester = makeDigester();
  for await (const chunk of createReadStream(path, { signal })) digester.update(chunk as Buffer);
  return digester;
}

async function writeAll(handle: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let done = 0; done < chunk.length;) {
    done += (await handle.write(chunk, done)).bytesWritten;
  }
}

/** What another user began and does not let us go on with is begun anew. */
async function openOwn(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'a+');
  } catch (error) {
    if (errorCode(error) !== 'EACCES') throw error;
    await rm(path, { force: true });
    return open(path, 'a+');
  }
}

/** Opens the partial file, digesting what an earlier run left in it. */
export async function openPartial(path: string, signal: AbortSignal): Promise<Partial> {
  await makeFolder(dirname(path), dirname(dirname(path)));
  const handle = await openOwn(path);
  let digester = await digestExisting(path, signal).catch(async (error: unknown) => {
    await handle.close();
    throw error;
  });
  return {
    get size() {
      return digester.size;
    },
    async append(chunk) {
      await writeAll(handle, chunk);
      digester.update(chunk);
    },
    async restart() {
      await handle.truncate(0);
      digester = makeDigester();
    },
    async finish() {
      await handle.sync();
      await handle.close();
      return digester.finish();
    },
    async keep() {
      await handle.close();
      if (digester.size === 0) await rm(path, { force: true });
    },
    async drop() {
      await handle.close();
      await rm(path, { force: true });
    },
  };
}
