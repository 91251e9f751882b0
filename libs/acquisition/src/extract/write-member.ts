import { createHash } from 'node:crypto';
import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { FindingError } from '@cliparity/model';
import { archiveError } from './limits.js';

/** A file as it was written. */
export interface Written {
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
}

/** A file to write. */
export interface WriteRequest {
  readonly body: AsyncIterable<Uint8Array>;
  /** The file to make; it must not be there. */
  readonly path: string;
  /** Its permission bits. */
  readonly mode: number;
  /** Throws FindingError ARCHIVE_TOO_BIG beyond it. Bytes. */
  readonly most: number;
  readonly what: string;
}

/** Writes a stream to a new file, digesting it; flushed to disk before it returns. */
export async function writeMember(request: WriteRequest): Promise<Written> {
  await mkdir(dirname(request.path), { recursive: true });
  const hash = createHash('sha256');
  let size = 0;
  const handle = await open(request.path, 'wx', 0o600);
  try {
    for await (const chunk of request.body) {
      size += chunk.length;
      if (size > request.most) throw tooBig(request);
      hash.update(chunk);
      await handle.writeFile(chunk);
    }
    await handle.chmod(request.mode);
    await handle.sync();
  } finally {
    await handle.close();
  }
  return { sha256: hash.digest('hex'), size };
}

function tooBig(request: WriteRequest): FindingError {
  return archiveError('ARCHIVE_TOO_BIG', request.what, `a member has more than ${request.most} bytes`);
}
