import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Interrupted, type Lock, type LockEntry } from '@cliparity/model';
import { pack, type Pack } from 'tar-stream';
import { acquire, type AcquireRequest, type Acquired } from '../acquire/acquire.js';
import { writeLock } from '../lock/lock-file.js';
import { BUNDLE_LOCK, bundleFile, neededFiles, type NeededFile } from './bundle-format.js';

/** What a bundle is made from. */
export interface ExportRequest extends Omit<AcquireRequest, 'entry' | 'keepAsset'> {
  /** The entries to carry; what the store lacks is fetched. */
  readonly lock: Lock;
  /** The file to write; absolute. */
  readonly into: string;
}
/** A bundle on disk. */
export interface Exported {
  readonly path: string;
  readonly entries: number;
  readonly files: number;
  /** Bytes of the files. */
  readonly size: number;
}

/** Where each needed file lies in the store. */
function placesOf(entry: LockEntry, acquired: Acquired): readonly (readonly [string, string])[] {
  if (acquired.root === undefined) return [[entry.binary_sha256, acquired.binaryPath]];
  const { root } = acquired;
  return (entry.members ?? []).map(({ sha256, path }) => [sha256, join(root, path)] as const);
}

/** Nothing of this machine or moment: equal entries make equal bytes. */
const PLAIN = { mtime: new Date(0), uid: 0, gid: 0, uname: '', gname: '' } as const;

async function addFile(archive: Pack, file: NeededFile, from: string): Promise<void> {
  const member = archive.entry({ ...PLAIN, name: bundleFile(file.sha256), size: file.size, mode: 0o444 });
  await pipeline(createReadStream(from), member);
}

async function writeBundle(request: ExportRequest, places: ReadonlyMap<string, string>): Promise<void> {
  const { lock, into, io } = request;
  const archive = pack();
  const draft = `${into}.${process.pid}.partial`;
  const written = pipeline(archive, createWriteStream(draft), { signal: io.signal });
  // Awaited below; until then a failure to write must not count as nobody's.
  written.catch(() => undefined);
  try {
    archive.entry({ ...PLAIN, name: BUNDLE_LOCK, mode: 0o444 }, writeLock(lock));
    for (const file of neededFiles(lock)) await addFile(archive, file, places.get(file.sha256) ?? '');
    archive.finalize();
    await written;
    await rename(draft, into);
  } catch (error) {
    await rm(draft, { force: true });
    throw io.signal.aborted ? new Interrupted() : error;
  }
}

/**
 * Writes entries and their binaries as one tar file, to be carried where there is no network. The bytes depend on the entries alone.
 * Throws what `acquire` throws, and the file system's own errors when the bundle cannot be written.
 */
export async function exportBundle(request: ExportRequest): Promise<Exported> {
  const { lock, into, sources, store, io } = request;
  const places = new Map<string, string>();
  for (const entry of lock.artifacts) {
    const acquired = await acquire({ entry, sources, store, io });
    for (const [sha256, path] of placesOf(entry, acquired)) places.set(sha256, path);
  }
  await mkdir(dirname(into), { recursive: true });
  await writeBundle(request, places);
  const files = neededFiles(lock);
  const size = files.reduce((sum, file) => sum + file.size, 0);
  return { path: into, entries: lock.artifacts.length, files: files.length, size };
}
