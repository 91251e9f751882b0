import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** What identifies a run of bytes. */
export interface Digests {
  /** Bytes. */
  readonly size: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
  /** Subresource integrity, `sha512-<base64>`. */
  readonly integrity: string;
}

/** Digests bytes as they pass; nothing is kept. */
export interface Digester {
  readonly size: number;
  update(chunk: Uint8Array): void;
  /** Ends it; call once. */
  finish(): Digests;
}

/** A digester that computes SHA-256, SHA-512 and the length in one pass. */
export function makeDigester(): Digester {
  const sha256 = createHash('sha256');
  const sha512 = createHash('sha512');
  let size = 0;
  return {
    get size() {
      return size;
    },
    update(chunk) {
      size += chunk.length;
      sha256.update(chunk);
      sha512.update(chunk);
    },
    finish: () => ({ size, sha256: sha256.digest('hex'), integrity: `sha512-${sha512.digest('base64')}` }),
  };
}

/** SHA-256 of a file in constant memory, lower-case hexadecimal. Rejects with the file system's error. */
export async function sha256OfFile(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, signal === undefined ? {} : { signal }))
    hash.update(chunk as Buffer);
  return hash.digest('hex');
}
