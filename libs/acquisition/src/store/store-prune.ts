import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { compareBytes } from '@cliparity/model';
import type { StoreKey, StoreLayout } from './store-layout.js';
import { sweepTmp } from './tmp-folder.js';

/** One thing of the store. */
export interface StoreItem {
  readonly key: StoreKey;
  readonly kind: 'file' | 'tree';
  /** Bytes. Trees that share files each count them. */
  readonly size: number;
  /** Of a tree: the executable's path below it. */
  readonly entry?: string;
  /** RFC 3339 in UTC. */
  readonly last_used: string;
  readonly from: readonly string[];
  /** Absolute path of the file or folder. */
  readonly path: string;
}

/** What may go. */
export interface PruneOptions {
  /** Keys that must stay, whatever the size. */
  readonly keep?: readonly StoreKey[];
  /** Least recently used things go until what is left is at most this many bytes. Absent: all that is not kept goes. */
  readonly maxBytes?: number;
  readonly dryRun?: boolean;
  /** Stops it between two things. */
  readonly signal?: AbortSignal;
}
/** What went, or would go. */
export interface Pruned {
  readonly removed: readonly StoreItem[];
  readonly freedBytes: number;
  /** Bytes of what is left. */
  readonly keptBytes: number;
}

/** Which things go, least recently used first. Pure. */
export function choosePrunable(items: readonly StoreItem[], options: PruneOptions): readonly StoreItem[] {
  const keep = new Set(options.keep ?? []);
  let left = items.reduce((sum, item) => sum + item.size, 0);
  const most = options.maxBytes ?? -1;
  const oldestFirst = [...items].sort((a, b) => compareBytes(a.last_used, b.last_used) || compareBytes(a.key, b.key));
  return oldestFirst.filter((item) => {
    if (keep.has(item.key) || left <= most) return false;
    left -= item.size;
    return true;
  });
}

const WEEK_MS = 7 * 24 * 3600 * 1000;
/** What is younger may belong to a run that has yet to write its record. */
const SETTLED_MS = 10 * 60 * 1000;

/** Undefined for what is young, and for what somebody else took away meanwhile. */
async function settled(path: string): Promise<{ readonly nlink: number } | undefined> {
  const found = await stat(path).catch(() => undefined);
  return found !== undefined && Date.now() - found.ctimeMs > SETTLED_MS ? found : undefined;
}

/** What another user of the store does not let us remove is theirs to remove. */
async function drop(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true }).catch(() => undefined);
}

async function removeOldPartials(layout: StoreLayout): Promise<void> {
  for (const name of await readdir(layout.partial).catch(() => [])) {
    const path = join(layout.partial, name);
    const found = await stat(path).catch(() => undefined);
    if (found !== undefined && Date.now() - found.mtimeMs > WEEK_MS) await drop(path);
  }
}

/** Removes files that no record and no tree holds: left by a removed tree, or by a run killed before its record. */
async function removeOrphans(layout: StoreLayout, recorded: ReadonlySet<string>): Promise<void> {
  for (const folder of await readdir(layout.files).catch(() => [])) {
    for (const name of await readdir(join(layout.files, folder)).catch(() => [])) {
      const path = join(layout.files, folder, name);
      const old = recorded.has(`file-${name}`) ? undefined : await settled(path);
      if (old !== undefined && old.nlink <= 1) await drop(path);
    }
  }
  for (const name of await readdir(layout.trees).catch(() => [])) {
    const path = join(layout.trees, name);
    if (recorded.has(`tree-${name}`) || (await settled(path)) === undefined) continue;
    await drop(path);
  }
}

/** Clears away everything nothing refers to: dead runs' folders, old partial downloads, unrecorded files. */
export async function removeLeftovers(layout: StoreLayout, recorded: ReadonlySet<string>): Promise<void> {
  await sweepTmp(layout);
  await removeOldPartials(layout);
  await removeOrphans(layout, recorded);
}
