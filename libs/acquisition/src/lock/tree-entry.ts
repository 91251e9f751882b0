import type { LockEntry } from '@cliparity/model';
import { treeDigest } from '../extract/extract-tree.js';

/** What does not fit inside the entry of a tree, as words; undefined when all fits, and for files. Pure. */
export function treeProblem(entry: LockEntry): string | undefined {
  if (entry.kind !== 'tree') return undefined;
  const { entry: executable, members, tree_sha256, binary_sha256 } = entry;
  if (executable === undefined || members === undefined || tree_sha256 === undefined)
    return 'a tree needs entry, members and tree_sha256';
  if (treeDigest(members) !== tree_sha256) return 'tree_sha256 is not the digest of members';
  const runs = members.some(({ path, sha256 }) => path === executable && sha256 === binary_sha256);
  return runs ? undefined : `no member ${executable} has binary_sha256`;
}
