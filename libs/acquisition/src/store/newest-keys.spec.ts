import { describe, expect, it } from '@jest/globals';
import type { LockEntry } from '@cliparity/model';
import { newestKeys, readKeep } from './newest-keys.js';

const entry = (semantic_version: string, target_triple: string): LockEntry => ({
  semantic_version,
  target_triple,
  kind: 'file',
  locator: `npm:t@${semantic_version}`,
  asset_name: 't',
  sha256: 'a'.repeat(64),
  size_bytes: 1,
  format: 'bare',
  binary_sha256: `${semantic_version}${target_triple}`,
  binary_size_bytes: 1,
});
const artifacts = ['0.9.0', '0.10.0', '0.11.0-rc.1'].flatMap((version) => [entry(version, 'a'), entry(version, 'b')]);
const lock = { version: 2 as const, tool: 't', artifacts };

describe('what is kept', () => {
  it('is of the newest versions, by their order and not their spelling', () => {
    expect(newestKeys(lock, 2)).toEqual(['file-0.10.0a', 'file-0.10.0b', 'file-0.11.0-rc.1a', 'file-0.11.0-rc.1b']);
    expect(newestKeys(lock, 9)).toHaveLength(6);
    expect(newestKeys({ ...lock, artifacts: [] }, 2)).toEqual([]);
  });
  it('is said as newest:<count>', () => {
    expect(readKeep('newest:2')).toBe(2);
    for (const bad of ['', '2', 'newest', 'newest:0', 'newest:-1', 'newest:2x', 'oldest:2']) {
      expect(() => readKeep(bad)).toThrow(expect.objectContaining({ code: 'KEEP_INVALID', exitCode: 2 }));
    }
  });
});
