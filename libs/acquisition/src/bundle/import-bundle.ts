import { constants } from 'node:fs';
import { access, copyFile, mkdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CouldNotRun, FindingError, type Lock, type LockEntry } from '@cliparity/model';
import type { Io } from '@cliparity/plugin-api';
import { DEFAULT_LIMITS } from '../extract/limits.js';
import type { ArchiveMember } from '../extract/archive-source.js';
import { tarMembers } from '../extract/tar-members.js';
import { writeMember } from '../extract/write-member.js';
import { errorCode } from '../error-code.js';
import { writeError } from '../fs-errors.js';
import { linkOrCopy } from '../link-or-copy.js';
import { readLock } from '../lock/lock-file.js';
import { treeProblem } from '../lock/tree-entry.js';
import { storeKey, type Store } from '../store/store.js';
import { badBundle, BUNDLE_LOCK, bundleFile, neededFiles, type NeededFile } from './bundle-format.js';

/** What taking in a bundle takes. */
export interface ImportRequest {
  /** The bundle; absolute. */
  readonly path: string;
  readonly store: Store;
  readonly io: Pick<Io, 'signal' | 'emit'>;
  /** Sees the bundle's lock when all of it was checked and nothing is in the store yet; throws to refuse it. */
  readonly accept?: (lock: Lock) => Promise<void>;
}

const LARGEST_LOCK = 64 * 2 ** 20;

async function lockIn(member: ArchiveMember, where: string): Promise<Lock> {
  if (member.path !== BUNDLE_LOCK || member.size > LARGEST_LOCK)
    throw badBundle(where, `does not begin with ${BUNDLE_LOCK}`);
  const parts: Uint8Array[] = [];
  for await (const part of member.body) parts.push(part);
  return readLock(Buffer.concat(parts).toString('utf8'), `${where}#${BUNDLE_LOCK}`);
}

interface Wanted {
  readonly file: NeededFile;
  arrived: boolean;
}

async function receive(
  member: ArchiveMember,
  wanted: ReadonlyMap<string, Wanted>,
  at: { where: string; stage: string },
) {
  const want = wanted.get(member.path);
  if (want === undefined || member.kind !== 'file')
    throw badBundle(at.where, `holds ${member.path}, which no entry needs`);
  const { sha256, size } = want.file;
  const path = join(at.stage, sha256);
  const got = await writeMember({ body: member.body, path, mode: 0o555, most: size, what: at.where });
  if (got.sha256 !== sha256 || got.size !== size)
    throw badBundle(at.where, `${member.path} holds other bytes than its name says`);
  want.arrived = true;
}

/** Reads the bundle whole into a folder, every file checked against its name and the entries. */
async function unpack(request: ImportRequest, stage: string): Promise<Lock> {
  const { path: where, io } = request;
  const source = { path: where, format: 'tar' as const, what: where, limits: DEFAULT_LIMITS, signal: io.signal };
  let lock: Lock | undefined;
  let wanted = new Map<string, Wanted>();
  for await (const member of tarMembers(source)) {
    if (lock === undefined) {
      lock = await lockIn(member, where);
      wanted = new Map(neededFiles(lock).map((file) => [bundleFile(file.sha256), { file, arrived: false }]));
    } else await receive(member, wanted, { where, stage });
  }
  const missing = [...wanted].find(([, { arrived }]) => !arrived);
  if (missing !== undefined) throw badBundle(where, `lacks ${missing[0]}`);
  return lock as Lock;
}

async function lay(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await linkOrCopy(from, to);
}

function checkTree(entry: LockEntry, where: string): void {
  const problem = treeProblem(entry);
  if (problem === undefined) return;
  const name = `${entry.semantic_version} for ${entry.target_triple}`;
  throw badBundle(where, `the tree of ${name} does not fit itself: ${problem}`);
}

async function place(entry: LockEntry, request: ImportRequest, at: { files: string; stage: string }): Promise<void> {
  const { store, path: where } = request;
  const from = `${entry.semantic_version} ${entry.target_triple} ${entry.locator}`;
  const { binary_sha256: sha256 } = entry;
  if (entry.kind === 'file') {
    // A copy of the name, not of the bytes: another entry may need the same file.
    const path = join(at.stage, 'binary');
    await copyFile(join(at.files, sha256), path);
    await store.putFile({ path, sha256, from }, at.stage);
    return;
  }
  checkTree(entry, where);
  const root = join(at.stage, 'tree');
  const members = entry.members ?? [];
  for (const member of members) await lay(join(at.files, member.sha256), join(root, member.path));
  await store.putTree({ root, members, entry: entry.entry ?? '', from }, at.stage);
}

/** Bytes of the bundle. Throws BUNDLE_MISSING where there is no file, or none that we may read. */
async function sizeOf(path: string): Promise<number> {
  const missing = (message: string, cause?: unknown): CouldNotRun =>
    new CouldNotRun('BUNDLE_MISSING', message, { where: path, remedy: 'Check the path.', cause });
  const found = await stat(path).catch((cause: unknown) => {
    throw missing(`there is no bundle ${path}`, cause);
  });
  if (!found.isFile()) throw missing(`${path} is no file`);
  await access(path, constants.R_OK).catch((cause: unknown) => {
    throw missing(`the bundle ${path} cannot be read (${errorCode(cause)})`, cause);
  });
  return found.size;
}

async function checkSpace({ path, store }: ImportRequest): Promise<void> {
  const [size, free] = await Promise.all([sizeOf(path), store.freeBytes()]);
  // Staged whole before anything of it is believed, and placed from there.
  if (free === undefined || size * 2 <= free) return;
  throw new CouldNotRun('DISK_FULL', `${path} needs ${size * 2} bytes but ${store.path} has ${free} free`, {
    where: store.path,
    remedy: 'Make room (cliparity store prune), or move the store with CLIPARITY_STORE.',
  });
}

/**
 * Takes the binaries of a bundle into the store and gives the lock it carries, for the caller to compare with the root's own (`mergeEntry`).
 * Nothing is put before all of it was checked. Throws what `accept` throws, BUNDLE_INVALID, BUNDLE_MISSING, LOCK_INVALID, ARCHIVE_*, DISK_FULL, STORE_NOT_WRITABLE or Interrupted.
 */
export async function importBundle(request: ImportRequest): Promise<Lock> {
  const { store, io, path } = request;
  try {
    await checkSpace(request);
    return await store.stage(async (files) => {
      const lock = await unpack(request, files);
      await request.accept?.(lock);
      for (const entry of lock.artifacts) {
        const work = async (): Promise<void> => store.stage(async (stage) => place(entry, request, { files, stage }));
        await store.exclusively(storeKey(entry), { signal: io.signal }, work);
      }
      return lock;
    });
  } catch (error) {
    // A bundle is ours: that it is damaged is no matter of a publisher.
    if (error instanceof FindingError && error.code === 'ARCHIVE_BROKEN')
      throw badBundle(path, error.message.replace(`${path}: `, ''));
    throw writeError(error, store.path);
  }
}
