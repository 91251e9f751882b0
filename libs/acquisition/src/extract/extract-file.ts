import { archiveMembers } from './archive-members.js';
import type { ArchiveMember, ArchiveSource } from './archive-source.js';
import { decompressed } from './decompress.js';
import { archiveError } from './limits.js';
import { memberPath } from './member-path.js';
import { readError } from './read-error.js';
import { writeMember, type Written } from './write-member.js';

/** One file taken out of an asset. */
export interface ExtractedFile extends Written {
  /** The member it was, for archives that have members. */
  readonly member?: string;
}

/** Permission of an executable in the store: for everybody to read and run, for nobody to change. */
export const EXECUTABLE = 0o555;
/** Permission of any other file in the store. */
export const READ_ONLY = 0o444;

function wanted(member: ArchiveMember, pinned: string | undefined, what: string): boolean {
  if (pinned === undefined) return member.kind === 'file';
  if (member.path !== pinned) return false;
  if (member.kind === 'file') return true;
  const hint = member.target === undefined ? '' : `; it leads to ${member.target}: pin that`;
  throw archiveError('ARCHIVE_MEMBER_MISSING', what, `member ${pinned} is a ${member.kind}${hint}`);
}

/**
 * Writes one member of an archive to `into`, mode 0555; without a pinned member the first regular file. The archive is read
 * to its end all the same, so that a bad member behind it is noticed. Throws ARCHIVE_MEMBER_MISSING and what `archiveMembers` throws.
 */
export async function extractMember(source: ArchiveSource, into: string, pinned?: string): Promise<ExtractedFile> {
  const clean = pinned === undefined ? undefined : memberPath(pinned, source.what);
  const most = source.limits.memberBytes;
  let found: ExtractedFile | undefined;
  const some: string[] = [];
  for await (const member of archiveMembers(source)) {
    if (some.length < 5 && member.kind === 'file') some.push(member.path);
    if (found !== undefined || !wanted(member, clean, source.what)) continue;
    const written = await writeMember({ body: member.body, path: into, mode: EXECUTABLE, most, what: source.what });
    found = { ...written, member: member.path };
  }
  if (found !== undefined) return found;
  const message = `has no file ${clean ?? ''}; it holds ${some.join(', ') || 'no files'}`;
  throw archiveError('ARCHIVE_MEMBER_MISSING', source.what, message);
}

/** Copies a bare file, or the one file that a `.gz` is, to `into`, mode 0555. Throws ARCHIVE_BROKEN or ARCHIVE_TOO_BIG. */
export async function extractSingle(source: ArchiveSource, into: string): Promise<ExtractedFile> {
  const { what, limits } = source;
  try {
    const body = decompressed(source);
    return await writeMember({ body, path: into, mode: EXECUTABLE, most: limits.memberBytes, what });
  } catch (error) {
    throw readError(error, source);
  }
}
