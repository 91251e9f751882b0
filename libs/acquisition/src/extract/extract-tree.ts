import { chmod, copyFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { compareBytes, digestOf, type TreeMember } from '@cliparity/model';
import { archiveMembers } from './archive-members.js';
import type { ArchiveMember, ArchiveSource } from './archive-source.js';
import { EXECUTABLE, READ_ONLY } from './extract-file.js';
import { archiveError, makeMeter } from './limits.js';
import { below, memberPath } from './member-path.js';
import { writeMember } from './write-member.js';
import { linkOrCopy } from '../link-or-copy.js';

/** A folder taken out of an asset, in the lock’s own fields. */
export interface ExtractedTree {
  /** Sorted by path in byte order. */
  readonly members: readonly TreeMember[];
  readonly treeSha256: string;
}

/** Which folder of an archive becomes a tree, and where. */
export interface TreeRequest {
  /** Folder of the archive that becomes the tree; '' for all of it. */
  readonly folder: string;
  /** The executable below that folder: runnable whatever the archive says (archives made on Windows do not say). */
  readonly entry: string;
  /** An empty folder on disk. */
  readonly into: string;
}

/** The identity of a tree: SHA-256 of its member list in canonical JSON. */
export function treeDigest(members: readonly TreeMember[]): string {
  return digestOf([...members].sort((a, b) => compareBytes(a.path, b.path)));
}

interface Links {
  /** Path below the tree → where it leads, below the tree. */
  readonly to: Map<string, string>;
}

function noteLink(member: ArchiveMember, request: TreeRequest, links: Links & { readonly what: string }): void {
  const path = below(request.folder, member.path);
  if (path === undefined) return;
  const target = below(request.folder, member.target ?? '');
  if (target === undefined) {
    throw archiveError('ARCHIVE_LINK', links.what, `link ${member.path} leads out of ${request.folder}`);
  }
  links.to.set(path, target);
}

function endOf(
  link: string,
  links: ReadonlyMap<string, string>,
  files: ReadonlyMap<string, TreeMember>,
): TreeMember | undefined {
  let at = link;
  for (let hops = 0; hops < 40; hops += 1) {
    const next = links.get(at);
    if (next === undefined) return files.get(at);
    at = next;
  }
  return undefined;
}

/** A second name costs no bytes; only a file that must have other permissions is copied. */
async function layOut(file: TreeMember, path: string, tree: TreeRequest): Promise<void> {
  const [from, to] = [join(tree.into, file.path), join(tree.into, path)];
  const mode = storedMode(file.mode, path === tree.entry);
  await mkdir(dirname(to), { recursive: true });
  if (mode === storedMode(file.mode, file.path === tree.entry)) return linkOrCopy(from, to);
  await copyFile(from, to);
  await chmod(to, mode);
}

/**
 * A link becomes a file: Windows needs no right for that. What links stand for counts as what is unpacked, or a small archive with one big file and
 * thousands of links would fill a disk that has no second names.
 */
async function layOutLinks(
  links: Links,
  files: Map<string, TreeMember>,
  at: { source: ArchiveSource; tree: TreeRequest },
): Promise<void> {
  const copies: TreeMember[] = [];
  const meter = makeMeter(at.source.what, at.source.limits);
  for (const file of files.values()) meter.count(file.path, file.size);
  for (const path of links.to.keys()) {
    const file = endOf(path, links.to, files);
    if (file === undefined) {
      const message = `link ${path} leads to ${links.to.get(path) ?? ''}, which is no file of the archive`;
      throw archiveError('ARCHIVE_LINK', at.source.what, message);
    }
    meter.count(path, file.size);
    await layOut(file, path, at.tree);
    copies.push({ ...file, path });
  }
  for (const copy of copies) files.set(copy.path, copy);
}

/** The permission a member gets in the store. */
export function storedMode(mode: number, isEntry: boolean): number {
  return isEntry || (mode & 0o111) !== 0 ? EXECUTABLE : READ_ONLY;
}

/**
 * Writes every file below a folder of an archive, read-only. Links to files inside become files; links to folders and links out are refused.
 * Throws ARCHIVE_MEMBER_MISSING when nothing is there or the entry is absent, and what `archiveMembers` throws.
 */
export async function extractFolder(source: ArchiveSource, request: TreeRequest): Promise<ExtractedTree> {
  const tree = { ...request, folder: memberPath(request.folder, source.what) };
  const files = new Map<string, TreeMember>();
  const links = { to: new Map<string, string>(), what: source.what };
  for await (const member of archiveMembers(source)) {
    if (member.kind === 'link') noteLink(member, tree, links);
    const path = below(tree.folder, member.path);
    if (path === undefined || member.kind !== 'file') continue;
    const mode = storedMode(member.mode, path === tree.entry);
    const target = join(tree.into, path);
    const most = source.limits.memberBytes;
    const written = await writeMember({ body: member.body, path: target, mode, most, what: source.what });
    files.set(path, { path, ...written, mode: member.mode });
  }
  await layOutLinks(links, files, { source, tree });
  if (!files.has(tree.entry)) {
    const message = `has no file ${tree.entry} below "${tree.folder}", where ${files.size} files are`;
    throw archiveError('ARCHIVE_MEMBER_MISSING', source.what, message);
  }
  const members = [...files.values()].sort((a, b) => compareBytes(a.path, b.path));
  return { members, treeSha256: treeDigest(members) };
}
