import { chmod, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { TreeMember } from '@cliparity/model';
import { sha256OfFile } from '../download/digests.js';
import { EXECUTABLE, READ_ONLY } from '../extract/extract-file.js';
import { storedMode, treeDigest } from '../extract/extract-tree.js';
import { errorCode } from '../error-code.js';
import { isPresent } from '../fs-errors.js';
import { linkOrCopy } from '../link-or-copy.js';
import { checkStored } from './store-check.js';
import type { StoreKey, StoreLayout } from './store-layout.js';
import { makeFolder, openFolders } from './shared-folder.js';
import { isOfMembers, look, readMeta, writeMeta, type StoredFile, type StoreMeta } from './store-meta.js';

/** A verified executable to move into the store. */
export interface PutFile {
  /** A file on the store's volume that is given up: it is moved. */
  readonly path: string;
  readonly sha256: string;
  readonly from: string;
}
/** A verified tree to move into the store. */
export interface PutTree {
  /** A folder on the store's volume that is given up: it is moved. */
  readonly root: string;
  readonly members: readonly TreeMember[];
  readonly entry: string;
  readonly from: string;
}

async function stored(file: Omit<StoredFile, 'size' | 'mtimeMs' | 'mode'>, at: string): Promise<StoredFile> {
  return { ...file, ...(await look(at)) };
}

/** Whether a thing is there and looks right: then it is left alone, for somebody may be running it. */
async function standing(layout: StoreLayout, key: StoreKey): Promise<StoreMeta | undefined> {
  const meta = await readMeta(layout, key);
  return meta !== undefined && (await checkStored(layout, meta)).length === 0 ? meta : undefined;
}

async function record(
  layout: StoreLayout,
  meta: Omit<StoreMeta, 'version' | 'from'> & { from: string },
  tmp: string,
): Promise<StoreMeta> {
  const before = await readMeta(layout, meta.key);
  const from = [...new Set([...(before?.from ?? []), meta.from])];
  const whole: StoreMeta = { ...meta, version: 1, from };
  await makeFolder(layout.meta, layout.path);
  await writeMeta(layout, whole, tmp);
  return whole;
}

/** Renames onto a place that may be taken: by a folder anywhere, by a read-only file on Windows. */
async function moveTo(layout: StoreLayout, from: string, to: string): Promise<void> {
  await makeFolder(dirname(to), layout.path);
  try {
    await rename(from, to);
  } catch (error) {
    if (!isPresent(error) && errorCode(error) !== 'EPERM') throw error;
    await rm(to, { recursive: true, force: true });
    await rename(from, to);
  }
}

/** Moves a verified executable into the store. A file already there is replaced, which also mends a damaged one. */
export async function putFile(layout: StoreLayout, file: PutFile, tmp: string): Promise<StoreMeta> {
  const key: StoreKey = `file-${file.sha256}`;
  const before = await standing(layout, key);
  if (before !== undefined) return record(layout, { ...before, from: file.from }, tmp);
  const place = layout.file(file.sha256, true);
  await chmod(file.path, EXECUTABLE);
  await moveTo(layout, file.path, place);
  const kept = await stored({ path: '', sha256: file.sha256, executable: true }, place);
  return record(layout, { key, size: kept.size, files: [kept], from: file.from }, tmp);
}

/** Whether two names are of one file. */
async function isOneFile(a: string, b: string): Promise<boolean> {
  const [one, other] = await Promise.all([stat(a), stat(b)]);
  return one.ino === other.ino && one.dev === other.dev && one.ino !== 0;
}

/** Makes the tree's file and the store's file of these bytes one file, whichever came first. */
async function share(
  layout: StoreLayout,
  path: string,
  member: { readonly sha256: string; readonly executable: boolean },
): Promise<void> {
  const place = layout.file(member.sha256, member.executable);
  await makeFolder(dirname(place), layout.path);
  try {
    await linkOrCopy(path, place);
  } catch (error) {
    if (!isPresent(error)) throw error;
    // An archive may hold one file under thousands of names.
    if (await isOneFile(path, place)) return;
    // Only bytes that are still right are shared; a damaged file is left to its own record.
    const present = await sha256OfFile(place).catch(() => '');
    if (present !== member.sha256) return;
    await rm(path, { force: true });
    await linkOrCopy(place, path);
  }
  const mode = member.executable ? EXECUTABLE : READ_ONLY;
  // A shared file may be another user's, and only they could change it.
  if ((await look(path)).mode !== mode) await chmod(path, mode);
}

/** Moves a verified tree into the store; equal files of several trees share their bytes by hard links. */
export async function putTree(layout: StoreLayout, tree: PutTree, tmp: string): Promise<StoreMeta> {
  const sha = treeDigest(tree.members);
  const key: StoreKey = `tree-${sha}`;
  const before = await standing(layout, key);
  if (before?.entry === tree.entry && isOfMembers(before, tree.members))
    return record(layout, { ...before, from: tree.from }, tmp);
  const executable = (member: TreeMember): boolean =>
    storedMode(member.mode, member.path === tree.entry) === EXECUTABLE;
  for (const member of tree.members) {
    await share(layout, join(tree.root, member.path), { sha256: member.sha256, executable: executable(member) });
  }
  const paths = tree.members.map(({ path }) => path);
  await openFolders(tree.root, paths, layout.path);
  const place = layout.tree(sha);
  await moveTo(layout, tree.root, place);
  const files: StoredFile[] = [];
  for (const member of tree.members) {
    const { path, sha256 } = member;
    files.push(await stored({ path, sha256, executable: executable(member) }, join(place, path)));
  }
  const size = files.reduce((sum, file) => sum + file.size, 0);
  return record(layout, { key, size, entry: tree.entry, files, from: tree.from }, tmp);
}
