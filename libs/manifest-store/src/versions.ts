import { readdir } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import { compareVersions, SEMVER_PATTERN } from '@cliparity/model';
import type { Semver, TargetId } from '@cliparity/model';
import type { Layout } from './layout.js';

const VERSION = new RegExp(SEMVER_PATTERN);

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}

/** Versions that have a folder of snapshots, oldest first. */
export async function snapshotVersions(at: Layout): Promise<Semver[]> {
  return (await namesIn(at.snapshots)).filter((name) => VERSION.test(name)).sort(compareVersions);
}

/** Targets of a version that have a snapshot, in byte order of their file names. Error: VERSION_INVALID. */
export async function snapshotTargets(at: Layout, version: Semver): Promise<TargetId[]> {
  const files = (await namesIn(at.snapshotsOf(version))).filter((name) => /^[^.].*\.json$/.test(name)).sort();
  return files.map((name) => name.slice(0, -'.json'.length)).filter((name) => name !== 'union');
}

/** How a file of a root is called in results and digests: its path below the root, with forward slashes. */
export function fileName(at: Layout, path: string): string {
  return relative(at.root, path).split(sep).join('/');
}
