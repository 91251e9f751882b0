import { describe, expect, it } from '@jest/globals';
import { sha256, type LockEntry } from '@cliparity/model';
import { treeDigest } from '../extract/extract-tree.js';
import { treeProblem } from './tree-entry.js';

const members = [{ path: 'bin/tool', sha256: sha256('run'), size: 3, mode: 0o755 }];
const entry: LockEntry = {
  semantic_version: '1.0.0',
  target_triple: 'linux-x64',
  kind: 'tree',
  locator: 'npm:x@1.0.0',
  asset_name: 'x.tgz',
  sha256: '0'.repeat(64),
  size_bytes: 1,
  format: 'tar.gz',
  entry: 'bin/tool',
  members,
  tree_sha256: treeDigest(members),
  binary_sha256: sha256('run'),
  binary_size_bytes: 3,
};
const without = (key: 'entry' | 'members' | 'tree_sha256'): LockEntry => {
  const rest = { ...entry };
  delete rest[key];
  return rest;
};

describe('the entry of a tree', () => {
  it('fits when its digest, its members and its binary do', () => {
    expect(treeProblem(entry)).toBeUndefined();
    expect(treeProblem({ ...without('tree_sha256'), kind: 'file' })).toBeUndefined();
  });
  it.each([
    ['no entry', without('entry'), 'needs entry'],
    ['no members', without('members'), 'needs entry'],
    ['no digest', without('tree_sha256'), 'needs entry'],
    ['another digest', { ...entry, tree_sha256: '1'.repeat(64) }, 'not the digest of members'],
    ['another binary', { ...entry, binary_sha256: '1'.repeat(64) }, 'no member bin/tool'],
    ['an executable that is no member', { ...entry, entry: 'bin/other' }, 'no member bin/other'],
  ])('with %s does not', (_, bad, words) => {
    expect(treeProblem(bad)).toContain(words);
  });
});
