import { describe, expect, it } from '@jest/globals';
import { digestOf } from '@cliparity/model';
import fc from 'fast-check';
import { entryDigest } from './entry-digest.js';

describe('entryDigest', () => {
  it('is the model’s digest of the same value, whatever it is', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => entryDigest(value) === digestOf(value)));
  });

  it('does not see the order of keys, and sees everything else', () => {
    expect(entryDigest({ a: 1, b: [{ c: 2, d: 3 }] })).toBe(entryDigest({ b: [{ d: 3, c: 2 }], a: 1 }));
    expect(entryDigest({ a: [1, 2] })).not.toBe(entryDigest({ a: [2, 1] }));
  });
});
