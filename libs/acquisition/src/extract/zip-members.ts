import { crc32 } from 'node:zlib';
import type { Entry, ZipFile } from 'yauzl';
import type { ArchiveMember, ArchiveSource } from './archive-source.js';
import { describeMember, type RawMember } from './describe-member.js';
import { archiveError, makeMeter, mostUnpacked } from './limits.js';
import { makeNameRegister } from './name-register.js';
import { readError } from './read-error.js';

/** Makers whose external attributes hold a Unix mode. Source: APPNOTE.TXT 4.4.2 (3 Unix, 19 OS X). */
const UNIX = new Set([3, 19]);
const TYPES: Readonly<Record<number, string>> = {
  0: 'file',
  0o010000: 'fifo',
  0o020000: 'character-device',
  0o040000: 'folder',
  0o060000: 'block-device',
  0o100000: 'file',
  0o120000: 'symlink',
  0o140000: 'socket',
};
const LONGEST_LINK = 4096;

/** A member's bytes, held against the checksum that the archive gives: the library looks at their number only. */
async function* bodyOf(zip: ZipFile, entry: Entry, source: ArchiveSource): AsyncGenerator<Uint8Array> {
  let sum = 0;
  try {
    const body = await zip.openReadStreamPromise(entry);
    for await (const chunk of body) {
      sum = crc32(chunk as Uint8Array, sum);
      yield chunk as Uint8Array;
    }
    if (sum !== entry.crc32) throw new Error(`the checksum of ${entry.fileNameRaw.toString('utf8')} does not fit`);
  } catch (error) {
    throw readError(error, source);
  }
}

async function linkOf(zip: ZipFile, entry: Entry, source: ArchiveSource): Promise<string> {
  const parts: Uint8Array[] = [];
  if (entry.uncompressedSize > LONGEST_LINK) return '';
  for await (const chunk of bodyOf(zip, entry, source)) parts.push(chunk);
  return Buffer.concat(parts).toString('utf8');
}

async function rawOf(zip: ZipFile, entry: Entry, source: ArchiveSource): Promise<RawMember> {
  const name = entry.fileNameRaw.toString('utf8');
  if (entry.isEncrypted()) throw archiveError('ARCHIVE_ENCRYPTED', source.what, `member ${name} is encrypted`);
  if (!entry.canDecodeFileData()) {
    const method = `a compression that nobody needs (method ${entry.compressionMethod})`;
    throw archiveError('ARCHIVE_BROKEN', source.what, `member ${name} has ${method}`);
  }
  const attributes = UNIX.has(entry.versionMadeBy >> 8) ? entry.externalFileAttributes >>> 16 : 0;
  const type = name.endsWith('/') ? 'folder' : (TYPES[attributes & 0o170000] ?? 'thing of unknown type');
  const mode = attributes === 0 ? 0o644 : attributes & 0o7777;
  const linkTo = type === 'symlink' ? await linkOf(zip, entry, source) : undefined;
  return { name, type, mode, size: entry.uncompressedSize, linkTo };
}

async function openZip(source: ArchiveSource): Promise<ZipFile> {
  const { default: yauzl } = await import('yauzl');
  // Names stay bytes: the library would guess at an old code page, and we take UTF-8 only.
  return yauzl.openPromise(source.path, { decodeStrings: false, autoClose: false });
}

/**
 * The members of a zip archive in the order of its directory, each checked before it is handed out.
 * Throws ARCHIVE_ENCRYPTED and what `tarMembers` throws.
 */
export async function* zipMembers(source: ArchiveSource): AsyncGenerator<ArchiveMember> {
  const { what } = source;
  const names = makeNameRegister(what);
  let zip: ZipFile | undefined;
  try {
    zip = await openZip(source);
    const meter = makeMeter(what, source.limits, mostUnpacked(zip.fileSize, source.limits));
    if (zip.entryCount === 0) throw archiveError('ARCHIVE_BROKEN', what, 'holds no members');
    for await (const entry of zip.eachEntry()) {
      source.signal.throwIfAborted();
      const described = describeMember(await rawOf(zip, entry, source), what);
      meter.count(described.path, described.size);
      if (described.path !== '') names.add(described.path, described.kind === 'folder');
      yield { ...described, body: bodyOf(zip, entry, source) };
    }
  } catch (error) {
    throw readError(error, source);
  } finally {
    zip?.close();
  }
}
