import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { LockEntry } from '@cliparity/model';
import { pack } from 'tar-stream';

const BLOCK = 1_000_000;

/** An asset on disk and what a lock says about it, but for the locator. */
export interface LargeAsset {
  /** Absolute path. */
  readonly path: string;
  readonly entry: Omit<LockEntry, 'locator'>;
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** Random, so that no compression makes the transfer smaller than it says. */
function* blocks(size: number): Generator<Buffer> {
  const block = randomBytes(BLOCK);
  for (let left = size; left > 0; left -= BLOCK) yield block.subarray(0, left);
}

async function entryOf(path: string, binary: string, format: LockEntry['format']): Promise<LargeAsset> {
  const [{ size }, binaryStat] = await Promise.all([stat(path), stat(binary)]);
  const binary_sha256 = await sha256Of(binary);
  const entry: LargeAsset['entry'] = {
    semantic_version: '1.0.0',
    target_triple: 'any',
    kind: 'file',
    asset_name: 'tool',
    sha256: path === binary ? binary_sha256 : await sha256Of(path),
    size_bytes: size,
    format,
    binary_sha256,
    binary_size_bytes: binaryStat.size,
    ...(format === 'tar.gz' && { member: 'bin/tool' }),
  };
  return { path, entry };
}

/** Writes a file of random bytes, which is an asset as it is. */
export async function bareAsset(folder: string, size: number): Promise<LargeAsset> {
  const path = join(folder, 'asset.bin');
  await pipeline(Readable.from(blocks(size)), createWriteStream(path));
  return entryOf(path, path, 'bare');
}

/** Packs a bare asset's bytes as the one member of an archive. */
export async function packedAsset(folder: string, bare: LargeAsset): Promise<LargeAsset> {
  const path = join(folder, 'asset.tgz');
  const archive = pack();
  const size = bare.entry.binary_size_bytes;
  const written = pipeline(archive, createGzip({ level: 1 }), createWriteStream(path));
  const member = archive.entry({ name: 'bin/tool', size, mode: 0o755 });
  await pipeline(createReadStream(bare.path), member);
  archive.finalize();
  await written;
  return entryOf(path, bare.path, 'tar.gz');
}
