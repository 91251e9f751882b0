import type { ArchiveMember, ArchiveSource } from './archive-source.js';
import { tarMembers } from './tar-members.js';
import { zipMembers } from './zip-members.js';

/** The members of an archive of any format that has members, each checked before it is handed out. */
export function archiveMembers(source: ArchiveSource): AsyncIterable<ArchiveMember> {
  return source.format === 'zip' ? zipMembers(source) : tarMembers(source);
}
