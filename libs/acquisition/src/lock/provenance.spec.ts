import { describe, expect, it } from '@jest/globals';
import type { AssetProvenance, LockEntry } from '@cliparity/model';
import { emptyLock, mergeEntry } from './lock-file.js';
import { provenanceLosses, provenanceText } from './provenance.js';

const KNOWN: AssetProvenance = {
  repository: 'o/tool',
  repository_id: 7,
  signed_by: ['SHA256:a', 'SHA256:b'],
  attestations: [{ predicate_type: 'https://slsa.dev/provenance/v1', builder: 'https://ci.example/release.yml' }],
};
const entry = (provenance?: AssetProvenance): LockEntry => ({
  semantic_version: '1.0.0',
  target_triple: 'linux-x64',
  kind: 'file',
  locator: 'npm:tool@1.0.0',
  asset_name: 'tool.tgz',
  sha256: 'a'.repeat(64),
  size_bytes: 5,
  format: 'tar.gz',
  binary_sha256: 'b'.repeat(64),
  binary_size_bytes: 9,
  ...(provenance !== undefined && { provenance }),
});

describe('who vouches for an asset', () => {
  it('may gain, and may not lose', () => {
    const more = { ...KNOWN, asset_id: 3, signed_by: ['SHA256:c', 'SHA256:b', 'SHA256:a'] };
    expect(provenanceLosses(KNOWN, more)).toEqual([]);
    expect(provenanceLosses(KNOWN, KNOWN)).toEqual([]);
    const codes = (now?: AssetProvenance) => provenanceLosses(KNOWN, now).map(({ code }) => code);
    expect(codes()).toEqual(new Array(4).fill('PROVENANCE_MISSING'));
    expect(codes({ ...KNOWN, repository_id: 8 })).toEqual(['PROVENANCE_CHANGED']);
    expect(codes({ ...KNOWN, signed_by: ['SHA256:b', 'SHA256:z'] })).toEqual(['PROVENANCE_CHANGED']);
    expect(codes({ ...KNOWN, attestations: [{ predicate_type: 'x' }] })).toEqual(['PROVENANCE_CHANGED']);
  });
  it('is kept when a mirror says nothing, and guarded when it says otherwise', () => {
    const lock = mergeEntry(emptyLock('tool'), entry(KNOWN));
    expect(mergeEntry(lock, entry()).artifacts[0]?.provenance).toEqual(KNOWN);
    expect(mergeEntry(lock, entry(), { replace: true }).artifacts[0]?.provenance).toBeUndefined();
    const other = entry({ ...KNOWN, repository_id: 8 });
    expect(() => mergeEntry(lock, other)).toThrow(expect.objectContaining({ code: 'PROVENANCE_CHANGED', exitCode: 1 }));
    expect(mergeEntry(lock, other, { replace: true }).artifacts[0]?.provenance?.repository_id).toBe(8);
  });
  it('of a further provider is guarded as well', () => {
    const { asset_name, sha256 } = entry();
    const provider = (provenance?: AssetProvenance) => ({
      locator: 'https://m.example/1.0.0',
      asset_name,
      sha256,
      size_bytes: 5,
      format: 'tar.gz' as const,
      ...(provenance !== undefined && { provenance }),
    });
    const lock = mergeEntry(emptyLock('tool'), { ...entry(), providers: [provider(KNOWN)] });
    const again = mergeEntry(lock, { ...entry(), providers: [provider()] });
    expect(again.artifacts[0]?.providers?.[0]?.provenance).toEqual(KNOWN);
    const other = { ...entry(), providers: [provider({ ...KNOWN, repository: 'evil/tool' })] };
    expect(() => mergeEntry(lock, other)).toThrow(expect.objectContaining({ code: 'PROVENANCE_CHANGED' }));
  });
  it('is said in a line', () => {
    expect(provenanceText(undefined)).toBe('–');
    expect(provenanceText(KNOWN)).toBe(
      'o/tool, id 7, signed by SHA256:a, SHA256:b, attested https://slsa.dev/provenance/v1 by https://ci.example/release.yml',
    );
  });
});
