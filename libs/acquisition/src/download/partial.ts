import { createReadStream } from 'node:fs';
import { mkdir, open, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeDigester, type Digester } from './digests.js';

/** The part of an asset that has arrived, on disk, with its running digest. */
export interface Partial {
  readonly size: number;
  append(chunk: Uint8Array): Promise<void>;
  /** Throws the part away and begins anew. */
  restart(): Promise<void>;
  /** Flushes to disk and closes; the digests are final. */
  finish(): Promise<ReturnType<Digester['finish']>>;
  /** Closes and keeps the file for a later run. */
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

/** Opens the partial file, digesting what an earlier run left in it. */
export async function openPartial(path: string, signal: AbortSignal): Promise<Partial> {
  await mkdir(dirname(path), { recursive: true });
  const handle = await open(path, 'a');
  let digester = await digestExisting(path, signal);
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
    keep: async () => handle.close(),
    async drop() {
      await handle.close();
      await rm(path, { force: true });
    },
  };
}
