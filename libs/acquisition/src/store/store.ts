import { rm, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Interrupted, type LockEntry } from '@cliparity/model';
import { writeError } from '../fs-errors.js';
import { withArtifactLock, type ArtifactLockOptions } from './artifact-lock.js';
import { isTrusted } from './store-trust.js';
import { allStand, placedFiles, placeOf, readKey, type PlacedFile, type StoreProblem } from './store-check.js';
import { storeLayout, type StoreKey, type StoreLayout } from './store-layout.js';
import { isOfMembers, keysOf, lastUsed, readMeta, touchMeta, type StoreMeta } from './store-meta.js';
import { choosePrunable, removeLeftovers, type Pruned, type PruneOptions, type StoreItem } from './store-prune.js';
import { putFile, putTree, type PutFile, type PutTree } from './store-put.js';
import { sweepTmp, withTmpFolder } from './tmp-folder.js';

/** A thing of the store, ready to run. */
export interface StoredBinary {
  /** Absolute path of the executable. */
  readonly binaryPath: string;
  /** Absolute path of the tree's folder, for trees. */
  readonly root?: string;
}
interface VerifyOptions {
  readonly mend?: boolean;
  /** Stops it, which rejects with Interrupted. */
  readonly signal?: AbortSignal;
}
/** What reading everything showed. */
export interface Verified {
  readonly checked: number;
  readonly problems: readonly StoreProblem[];
}

/** The per-user store of binaries: content-addressed, read-only, shared by processes. A store that cannot be used is DISK_FULL or STORE_NOT_WRITABLE. */
export interface Store {
  /** Absolute path. */
  readonly path: string;
  /** The entry's binary, when it is there and looks as it was put; else undefined. Counts as a use. */
  find(entry: LockEntry): Promise<StoredBinary | undefined>;
  /** Runs `work` while no other process works on the same name. */
  exclusively<T>(name: string, options: ArtifactLockOptions, work: () => Promise<T>): Promise<T>;
  /** Hands out a folder on the store's volume that is gone afterwards. */
  stage<T>(work: (folder: string) => Promise<T>): Promise<T>;
  /** Where a download of that name lies while it is under way. */
  partialPath(name: string): string;
  putFile(file: PutFile, stage: string): Promise<StoredBinary>;
  putTree(tree: PutTree, stage: string): Promise<StoredBinary>;
  list(): Promise<readonly StoreItem[]>;
  /** Removes what is not used; a store without limits and `keep` is emptied. Rejects with Interrupted when the signal fires. */
  prune(options?: PruneOptions): Promise<Pruned>;
  /** Reads every byte of everything. With `mend`, what is damaged is dropped, so that the next acquire fetches it again. */
  verify(options?: VerifyOptions): Promise<Verified>;
  /** Free bytes on the store's volume; undefined when the system does not say. */
  freeBytes(): Promise<number | undefined>;
}

/** The name a lock entry has in the store. */
export function storeKey(entry: Pick<LockEntry, 'kind' | 'binary_sha256' | 'tree_sha256'>): StoreKey {
  return entry.kind === 'tree' && entry.tree_sha256 !== undefined
    ? `tree-${entry.tree_sha256}`
    : `file-${entry.binary_sha256}`;
}

function binaryOf(layout: StoreLayout, meta: StoreMeta): StoredBinary {
  if (meta.entry === undefined)
    return { binaryPath: placeOf(layout, meta, meta.files[0] as StoreMeta['files'][number]) };
  const root = layout.tree(meta.key.slice('tree-'.length));
  return { binaryPath: join(root, meta.entry), root };
}

interface Found {
  readonly meta: StoreMeta;
  readonly files: readonly PlacedFile[];
  readonly binary: StoredBinary;
}
interface Finder {
  readonly layout: StoreLayout;
  readonly now: () => Date;
  /** What this process has found already: it has counted as a use, and a look at the files says whether it still stands. */
  readonly known: Map<StoreKey, Found>;
}

const fits = (meta: StoreMeta, { kind, entry, members }: LockEntry): boolean =>
  kind === 'file' || (meta.entry === entry && isOfMembers(meta, members ?? []));

async function findIn({ layout, now, known }: Finder, entry: LockEntry): Promise<StoredBinary | undefined> {
  const key = storeKey(entry);
  const before = known.get(key);
  if (before !== undefined && fits(before.meta, entry) && (await allStand(before.files))) return before.binary;
  known.delete(key);
  const meta = await readMeta(layout, key);
  if (meta === undefined || !fits(meta, entry) || !(await isTrusted(layout, meta))) return undefined;
  await touchMeta(layout, key, now());
  const binary = binaryOf(layout, meta);
  known.set(key, { meta, files: placedFiles(layout, meta), binary });
  return binary;
}

async function itemOf(layout: StoreLayout, key: StoreKey): Promise<StoreItem[]> {
  const meta = await readMeta(layout, key);
  if (meta === undefined) return [];
  const { size, from, entry } = meta;
  const binary = binaryOf(layout, meta);
  return [
    {
      key,
      kind: key.startsWith('tree-') ? 'tree' : 'file',
      size,
      ...(entry !== undefined && { entry }),
      last_used: (await lastUsed(layout, key)).toISOString(),
      from,
      path: binary.root ?? binary.binaryPath,
    },
  ];
}

async function listOf(layout: StoreLayout): Promise<StoreItem[]> {
  const items: StoreItem[] = [];
  for (const key of await keysOf(layout)) items.push(...(await itemOf(layout, key)));
  return items;
}

async function removeKey(layout: StoreLayout, key: StoreKey, signal: AbortSignal): Promise<void> {
  const [kind, sha256 = ''] = key.split('-');
  await withArtifactLock(layout.lockOf(key), { signal }, async () => {
    // The record first: what has none is not there, so nobody finds half of it.
    await rm(layout.metaOf(key), { force: true });
    // A file that a tree still holds loses only this name.
    await rm(kind === 'tree' ? layout.tree(sha256) : layout.file(sha256, true), { recursive: true, force: true });
  });
}

const never = (): AbortSignal => new AbortController().signal;

async function pruneIn(layout: StoreLayout, options: PruneOptions): Promise<Pruned> {
  const { signal = never() } = options;
  const items = await listOf(layout);
  const removed = choosePrunable(items, options);
  const freedBytes = removed.reduce((sum, item) => sum + item.size, 0);
  const keptBytes = items.reduce((sum, item) => sum + item.size, 0) - freedBytes;
  if (options.dryRun !== true) {
    for (const { key } of removed) {
      if (signal.aborted) throw new Interrupted();
      await removeKey(layout, key, signal);
    }
    await removeLeftovers(layout, new Set(await keysOf(layout)));
  }
  return { removed, freedBytes, keptBytes };
}

async function verifyIn(layout: StoreLayout, { mend = false, signal = never() }: VerifyOptions): Promise<Verified> {
  const problems: StoreProblem[] = [];
  const keys = await keysOf(layout);
  for (const key of keys) {
    const found = await readKey(layout, key, signal);
    problems.push(...found);
    if (mend && found.length > 0) await removeKey(layout, key, signal);
  }
  return { checked: keys.length, problems };
}

async function freeBytesAt(path: string): Promise<number | undefined> {
  for (let at = path; ; at = dirname(at)) {
    const volume = await statfs(at).catch(() => undefined);
    if (volume !== undefined) return volume.bavail * volume.bsize;
    if (dirname(at) === at) return undefined;
  }
}

/** Opens the store at an absolute path; nothing is made on disk before something is put. */
export function openStore(path: string, options: { readonly now?: () => Date } = {}): Store {
  const layout = storeLayout(path);
  const { now = () => new Date() } = options;
  const finder: Finder = { layout, now, known: new Map() };
  let swept: Promise<unknown> | undefined;
  const told = async <T>(work: Promise<T>): Promise<T> =>
    work.catch((error: unknown) => {
      throw writeError(error, path);
    });
  return {
    path,
    find: async (entry) => told(findIn(finder, entry)),
    exclusively: async (name, lockOptions, work) => withArtifactLock(layout.lockOf(name), lockOptions, work),
    async stage(work) {
      await (swept ??= sweepTmp(layout));
      return withTmpFolder(layout, work);
    },
    partialPath: (name) => layout.partialOf(name),
    putFile: async (file, stage) => binaryOf(layout, await putFile(layout, file, stage)),
    putTree: async (tree, stage) => binaryOf(layout, await putTree(layout, tree, stage)),
    list: async () => told(listOf(layout)),
    prune: async (pruneOptions = {}) => told(pruneIn(layout, pruneOptions)),
    verify: async (verifyOptions = {}) => told(verifyIn(layout, verifyOptions)),
    freeBytes: async () => freeBytesAt(path),
  };
}
