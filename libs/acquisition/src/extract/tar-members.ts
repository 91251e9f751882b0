import { pipeline } from 'node:stream';
import { extract, type Header } from 'tar-stream';
import type { ArchiveMember, ArchiveSource } from './archive-source.js';
import { decompressed } from './decompress.js';
import { describeMember, type RawMember } from './describe-member.js';
import { archiveError, makeMeter } from './limits.js';
import { makeNameRegister } from './name-register.js';
import { readError } from './read-error.js';

const TYPES: Readonly<Record<string, string>> = {
  file: 'file',
  'contiguous-file': 'file',
  directory: 'folder',
  symlink: 'symlink',
  link: 'hardlink',
};

function rawOf({ name, type, mode = 0o644, size = 0, linkname }: Header): RawMember {
  const said = type ?? 'thing of unknown type';
  return { name, type: TYPES[said] ?? said, mode, size, linkTo: linkname ?? undefined };
}

/** A member's bytes; when the archive ends inside them, that is the archive's fault and is said so. */
async function* bodyOf(entry: AsyncIterable<unknown>, source: ArchiveSource): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of entry) yield chunk as Uint8Array;
  } catch (error) {
    throw readError(error, source);
  }
}

/**
 * The members of a tar archive, compressed or not, in order and in constant memory, each checked before it is handed out.
 * Throws ARCHIVE_BROKEN, ARCHIVE_TOO_BIG, ARCHIVE_MEMBER_PATH, ARCHIVE_MEMBER_TYPE, ARCHIVE_MEMBER_MODE, ARCHIVE_LINK or ARCHIVE_DUPLICATE.
 */
export async function* tarMembers(source: ArchiveSource): AsyncGenerator<ArchiveMember> {
  const { what } = source;
  const unpack = extract();
  pipeline(decompressed(source), unpack, () => undefined);
  const meter = makeMeter(what, source.limits);
  const names = makeNameRegister(what);
  let count = 0;
  try {
    for await (const entry of unpack) {
      const described = describeMember(rawOf(entry.header), what);
      meter.count(described.path, described.size);
      if (described.path !== '') names.add(described.path, described.kind === 'folder');
      count += 1;
      yield { ...described, body: bodyOf(entry, source) };
      entry.resume();
    }
  } catch (error) {
    throw readError(error, source);
  } finally {
    unpack.destroy();
  }
  if (count === 0) throw archiveError('ARCHIVE_BROKEN', what, 'holds no members');
}
