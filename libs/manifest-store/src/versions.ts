import { readdir } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import { compareVersions, SEMVER_PATTERN } from '@cliparity/model';
import type { Semver } from '@cliparity/model';
import type { Layout } from './layout.js';

const VERSION = new RegExp(SEMVER_PATTERN);

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}

/** Versions that have a folder of snapshots, oldest first. */
export async function snapshotVersions(at: Layout): Promise<Semver[]> {
  return (await namesIn(at.snapshots)).filter((name) => VERSION.test(name)).sort(compareVersions);
}

/** How a file of a root is called in results and digests: its path below the root, with forward slashes. */
export function fileName(at: Layout, path: string): string {
  return relative(at.root, path).split(sep).join('/');
}
