import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { digestOf, type Lock } from '@cliparity/model';
import type { Place } from './place.js';

/** The digest by which an up-to-date snapshot names its lock entry. Source: `snapshotProvenance` of libs/surface. */
export function lockEntryDigest(place: Place, version: string, target: string): string {
  const lock = JSON.parse(readFileSync(join(place.root, 'artifacts.lock.json'), 'utf8')) as Lock;
  const entry = lock.artifacts.find((one) => one.semantic_version === version && one.target_triple === target);
  if (entry === undefined) throw new Error(`${version} ${target} is not locked`);
  const { semantic_version, target_triple, binary_sha256, binary_size_bytes, tree_sha256, published_at } = entry;
  const binary = { semantic_version, target_triple, binary_sha256, binary_size_bytes, tree_sha256 };
  return digestOf({ ...binary, collected_at: published_at });
}
