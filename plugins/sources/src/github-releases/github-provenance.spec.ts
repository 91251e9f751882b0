import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { githubProvenance } from './github-provenance.js';
import { readAttestations, readRepository } from './provenance-answers.js';

const envelope = (statement: unknown) => ({
  bundle: { dsseEnvelope: { payload: Buffer.from(JSON.stringify(statement)).toString('base64') } },
});
const SLSA = {
  predicateType: 'https://slsa.dev/provenance/v1',
  predicate: { runDetails: { builder: { id: 'ci/a' } } },
};
const OLD = { predicateType: 'https://slsa.dev/provenance/v0.2', predicate: { builder: { id: 'ci/b' } } };

describe('answers about who vouches', () => {
  it('are read out of their envelopes; what cannot be read is passed over', () => {
    const attestations = [
      envelope(SLSA),
      { bundle: null },
      { bundle: { dsseEnvelope: { payload: '%' } } },
      envelope(OLD),
    ];
    expect(readAttestations({ attestations })).toEqual([
      { predicate_type: SLSA.predicateType, builder: 'ci/a' },
      { predicate_type: OLD.predicateType, builder: 'ci/b' },
    ]);
    expect(readRepository({ id: 7, full_name: 'o/tool' })).toEqual({ id: 7, full_name: 'o/tool' });
  });
  it('that are something else are none', () => {
    fc.assert(fc.property(fc.anything(), (value) => void [readAttestations(value), readRepository(value)]));
    for (const bad of [null, [], {}, { attestations: {} }, { id: 'x', full_name: 'o/t' }]) {
      expect(readAttestations(bad)).toBeUndefined();
      expect(readRepository(bad)).toBeUndefined();
    }
  });
  it('come in one order, each once', () => {
    const found = { id: 3, name: 'x', size: 1, state: 'uploaded', digest: `sha256:${'a'.repeat(64)}` };
    const [a, b] = [{ predicate_type: 'a' }, { predicate_type: 'b', builder: 'ci' }];
    const one = githubProvenance({ id: 7, full_name: 'o/tool' }, found, [b, a, b]);
    expect(one).toEqual(githubProvenance({ id: 7, full_name: 'o/tool' }, found, [a, b]));
    expect(one).toEqual({
      repository: 'o/tool',
      repository_id: 7,
      asset_id: 3,
      stated_sha256: 'a'.repeat(64),
      attestations: [a, b],
    });
    expect(githubProvenance(undefined, { ...found, digest: null }, [])).toEqual({ asset_id: 3 });
  });
});
