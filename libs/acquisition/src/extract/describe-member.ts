import type { ArchiveMember } from './archive-source.js';
import { archiveError } from './limits.js';
import { linkTarget, memberPath } from './member-path.js';

/** What an archive says about a member, in the words of any format. */
export interface RawMember {
  readonly name: string;
  /** `file`, `folder`, `symlink`, `hardlink`, or the name of what we refuse. */
  readonly type: string;
  /** All twelve mode bits. */
  readonly mode: number;
  /** Bytes. */
  readonly size: number;
  readonly linkTo?: string | undefined;
}

const KINDS: Readonly<Record<string, ArchiveMember['kind']>> = {
  file: 'file',
  folder: 'folder',
  symlink: 'link',
  hardlink: 'link',
};
/** setuid and setgid: a program that would run as somebody else. */
const RUNS_AS_OTHER = 0o6000;

/**
 * Checks what an archive says about a member. Throws ARCHIVE_MEMBER_PATH, ARCHIVE_MEMBER_TYPE (devices, fifos), ARCHIVE_MEMBER_MODE
 * (setuid or setgid on a file) or ARCHIVE_LINK (out of the archive). Pure.
 */
export function describeMember(raw: RawMember, what: string): Omit<ArchiveMember, 'body'> {
  const kind = KINDS[raw.type];
  const path = memberPath(raw.name, what);
  if (kind === undefined) throw archiveError('ARCHIVE_MEMBER_TYPE', what, `member ${path} is a ${raw.type}`);
  if (path === '' && kind !== 'folder') throw archiveError('ARCHIVE_MEMBER_PATH', what, 'a member has no name');
  if (kind === 'file' && (raw.mode & RUNS_AS_OTHER) !== 0) {
    const bits = (raw.mode & 0o7777).toString(8);
    throw archiveError('ARCHIVE_MEMBER_MODE', what, `member ${path} would run as another user (mode ${bits})`);
  }
  const common = { kind, path, mode: raw.mode & 0o777, size: kind === 'file' ? raw.size : 0 };
  if (kind !== 'link') return common;
  return { ...common, target: linkTarget({ path, to: raw.linkTo ?? '', symbolic: raw.type === 'symlink' }, what) };
}
