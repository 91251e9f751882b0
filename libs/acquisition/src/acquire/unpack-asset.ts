import { join } from 'node:path';
import { FindingError, type ArchiveFormat, type LockEntry } from '@cliparity/model';
import { extractFile, extractTree, type ExtractRequest } from '../extract/extract.js';
import { writeError } from '../fs-errors.js';
import { storeKey, type Store, type StoredBinary } from '../store/store.js';
import type { StoreKey } from '../store/store-layout.js';

/** What unpacking an asset gave, in the lock's own fields. */
export type Unpacked = Pick<
  LockEntry,
  'binary_sha256' | 'binary_size_bytes' | 'member' | 'entry' | 'members' | 'tree_sha256'
>;

/** A verified asset and what is to be taken out of it. */
export interface UnpackRequest {
  /** The verified asset on disk. */
  readonly path: string;
  readonly format: ArchiveFormat;
  readonly what: string;
  readonly signal: AbortSignal;
  readonly store: Store;
  /** `file`: one member. `tree`: everything below `member`, where `entry` is the executable. */
  readonly shape: {
    readonly kind: LockEntry['kind'];
    readonly member?: string | undefined;
    readonly entry?: string | undefined;
  };
  /** The name in the store that the caller holds the lock of; without it the lock is taken for the move into the store. */
  readonly held?: StoreKey;
  /** Says where it came from, for the store's list. */
  readonly from: string;
  /** Called with the result before it is put into the store; throws to refuse it. */
  readonly check: (unpacked: Unpacked) => void;
}
/** What was unpacked, and where it lies in the store. */
export interface Placed {
  readonly unpacked: Unpacked;
  readonly binary: StoredBinary;
}

/** Moves into the store while nobody else moves, prunes or mends the same thing. */
async function alone<T>({ held, store, signal }: UnpackRequest, unpacked: Unpacked, put: () => Promise<T>): Promise<T> {
  const key = storeKey({ kind: unpacked.members === undefined ? 'file' : 'tree', ...unpacked });
  return held === key ? put() : store.exclusively(key, { signal }, put);
}

async function placeFile(request: UnpackRequest, stage: string): Promise<Placed> {
  const path = join(stage, 'binary');
  const got = await extractFile(request satisfies ExtractRequest, path, request.shape.member);
  const unpacked: Unpacked = {
    binary_sha256: got.sha256,
    binary_size_bytes: got.size,
    ...(got.member !== undefined && { member: got.member }),
  };
  request.check(unpacked);
  const file = { path, sha256: got.sha256, from: request.from };
  const binary = await alone(request, unpacked, async () => request.store.putFile(file, stage));
  return { unpacked, binary };
}

async function placeTree(request: UnpackRequest, stage: string): Promise<Placed> {
  const { member, entry } = request.shape;
  const root = join(stage, 'tree');
  if (entry === undefined) {
    throw new FindingError('LOCK_TREE_INCOMPLETE', `${request.what} is a tree but no entry names its executable`, {
      where: request.what,
      remedy: 'Set entry in the source’s settings and pin the artifact anew.',
    });
  }
  const got = await extractTree(request, root, { folder: member ?? '', entry });
  const executable = got.members.find((file) => file.path === entry);
  const unpacked: Unpacked = {
    binary_sha256: executable?.sha256 ?? '',
    binary_size_bytes: executable?.size ?? 0,
    ...(member !== undefined && member !== '' && { member }),
    entry,
    members: [...got.members],
    tree_sha256: got.treeSha256,
  };
  request.check(unpacked);
  const tree = { root, members: got.members, entry, from: request.from };
  const binary = await alone(request, unpacked, async () => request.store.putTree(tree, stage));
  return { unpacked, binary };
}

/** Unpacks a verified asset beside the store, checks the result, and puts it in. Throws ARCHIVE_*, DISK_FULL and whatever `check` throws. */
export async function unpackAsset(request: UnpackRequest): Promise<Placed> {
  try {
    return await request.store.stage(async (stage) =>
      request.shape.kind === 'tree' ? placeTree(request, stage) : placeFile(request, stage),
    );
  } catch (error) {
    throw writeError(error, request.store.path);
  }
}
