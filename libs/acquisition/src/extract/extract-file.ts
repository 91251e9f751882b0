import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { CliparityError } from '@cliparity/model';
import { errorCode } from '../error-code.js';
import { archiveError } from './limits.js';
import { memberPath } from './member-path.js';
import { tarMembers, type TarMember, type TarSource } from './tar-members.js';
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

function wanted(member: TarMember, pinned: string | undefined, what: string): boolean {
  if (pinned === undefined) return member.kind === 'file';
  if (member.path !== pinned) return false;
  if (member.kind === 'file') return true;
  const hint = member.target === undefined ? '' : `; it leads to ${member.target}: pin that`;
  throw archiveError('ARCHIVE_MEMBER_MISSING', what, `member ${pinned} is a ${member.kind}${hint}`);
}

/**
 * Writes one member of a tar archive to `into`, mode 0555; without a pinned member the first regular file. The archive is read
 * to its end all the same, so that a bad member behind it is noticed. Throws ARCHIVE_MEMBER_MISSING and what `tarMembers` throws.
 */
export async function extractTarFile(source: TarSource, into: string, pinned?: string): Promise<ExtractedFile> {
  const clean = pinned === undefined ? undefined : memberPath(pinned, source.what);
  const most = source.limits.memberBytes;
  let found: ExtractedFile | undefined;
  const some: string[] = [];
  for await (const member of tarMembers(source)) {
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
export async function extractSingle(source: TarSource, into: string): Promise<ExtractedFile> {
  const file = createReadStream(source.path, { signal: source.signal });
  const body = source.gzip ? pipeline(file, createGunzip(), () => undefined) : file;
  try {
    return await writeMember({
      body,
      path: into,
      mode: EXECUTABLE,
      most: source.limits.memberBytes,
      what: source.what,
    });
  } catch (error) {
    const code = errorCode(error) ?? '';
    if (error instanceof CliparityError || !code.startsWith('Z_')) throw error;
    throw archiveError('ARCHIVE_BROKEN', source.what, `cannot be read: ${(error as Error).message}`);
  } finally {
    file.destroy();
  }
}
