import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

const BLOCK = 512;
const NAME = [0, 100] as const;
const SIZE = [124, 136] as const;
const TYPE = 156;
const PREFIX = [345, 500] as const;
/** Types of plain files: '0', and NUL of old archives. Source: POSIX.1-2008, pax, ustar header. */
const FILES: readonly number[] = [0x30, 0];

const text = (block: Buffer, [from, to]: readonly [number, number]): string =>
  block.toString('utf8', from, to).replace(/\0.*$/s, '');

/** The file that a header announces, and how many bytes follow it. */
function headerOf(block: Buffer): { readonly path: string; readonly isFile: boolean; readonly size: number } {
  const prefix = text(block, PREFIX);
  const name = text(block, NAME);
  return {
    path: prefix === '' ? name : `${prefix}/${name}`,
    isFile: FILES.includes(block[TYPE] ?? -1),
    size: Number.parseInt(text(block, SIZE).trim(), 8) || 0,
  };
}

/**
 * The names of the plain files in a gzipped tar, as its headers have them. Only to look: nothing is unpacked, names that need an extension
 * header are cut short, and whatever is no archive has no files.
 */
export async function* filesInTarball(body: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let rest = Buffer.alloc(0);
  let skip = 0;
  for await (const chunk of Readable.from(body).pipe(createGunzip()) as AsyncIterable<Buffer>) {
    const skipped = Math.min(skip, chunk.length);
    skip -= skipped;
    rest = Buffer.concat([rest, chunk.subarray(skipped)]);
    while (rest.length >= BLOCK) {
      const { path, isFile, size } = headerOf(rest);
      const length = BLOCK + Math.ceil(size / BLOCK) * BLOCK;
      skip = Math.max(0, length - rest.length);
      rest = rest.subarray(Math.min(length, rest.length));
      if (isFile && path !== '') yield path;
    }
  }
}
