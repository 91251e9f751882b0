import { describe, expect, it } from '@jest/globals';
import { digestOf } from '@cliparity/model';
import fc from 'fast-check';
import { entryDigest } from './entry-digest.js';

describe('entryDigest', () => {
  it('is the model’s digest of the same value, whatever it is', () => {
    const key = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_\u00e9\ud83d]{0,6}$/);
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof({ depthSize: 'small' }, fc.jsonValue({ maxDepth: 0 }), tie('list'), tie('map')),
      list: fc.array(tie('value'), { maxLength: 4 }),
      map: fc.dictionary(key, tie('value'), { maxKeys: 5 }),
    }));
    fc.assert(fc.property(value, (entry) => entryDigest(entry) === digestOf(entry)));
  });

  it('does not see the order of keys, and sees everything else', () => {
    expect(entryDigest({ a: 1, b: [{ c: 2, d: 3 }] })).toBe(entryDigest({ b: [{ d: 3, c: 2 }], a: 1 }));
    expect(entryDigest({ a: [1, 2] })).not.toBe(entryDigest({ a: [2, 1] }));
  });
});
