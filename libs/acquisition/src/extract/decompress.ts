import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { ArchiveSource } from './archive-source.js';
import { unxz } from './decompress-xz.js';
import { unzstd } from './decompress-zstd.js';
import { archiveError, mostUnpacked } from './limits.js';

type Chunks = AsyncIterable<Uint8Array>;

// Large pieces: the decompressor hands each over by a turn of the event loop.
const PIECE = 256 * 1024;

function gunzip(chunks: Chunks): Chunks {
  return pipeline(chunks, createGunzip({ chunkSize: PIECE }), () => undefined);
}

function stageOf(source: ArchiveSource): ((chunks: Chunks) => Chunks) | undefined {
  switch (source.format) {
    case 'tar.gz':
    case 'gz':
      return gunzip;
    case 'tar.xz':
      return unxz;
    case 'tar.zst':
      return unzstd;
    default:
      return undefined;
  }
}

/** Stops what grows beyond all measure. */
async function* metered(chunks: Chunks, source: ArchiveSource, packed: number): AsyncGenerator<Uint8Array> {
  const most = mostUnpacked(packed, source.limits);
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > most) {
      const message = `its ${packed} bytes unpack to more than ${most}`;
      throw archiveError('ARCHIVE_TOO_BIG', source.what, message);
    }
    yield chunk;
  }
}

/** The bytes of an asset without its outer compression, in constant memory. Throws ARCHIVE_TOO_BIG and what the decompressor throws. */
export async function* decompressed(source: ArchiveSource): AsyncGenerator<Uint8Array> {
  const { size } = await stat(source.path);
  const file = createReadStream(source.path, { signal: source.signal, highWaterMark: PIECE });
  const stage = stageOf(source);
  try {
    if (stage === undefined) yield* file as Chunks;
    else yield* metered(stage(file), source, size);
  } finally {
    file.destroy();
  }
}
