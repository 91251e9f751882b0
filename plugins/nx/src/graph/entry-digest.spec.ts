import { describe, expect, it } from '@jest/globals';
import { entryDigest } from './entry-digest.js';

describe('entryDigest', () => {
  const entry = { a: 1, b: [{ c: 'x', d: null }] };

  it('is the same for the same entry', () => {
    expect(entryDigest(entry)).toBe(entryDigest(structuredClone(entry)));
    expect(entryDigest(entry)).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each([
    ['a value', { ...entry, a: 2 }],
    ['a nested value', { ...entry, b: [{ c: 'y', d: null }] }],
    ['a key more', { ...entry, e: 1 }],
    ['a key less', { a: 1 }],
    ['a longer list', { a: 1, b: [...entry.b, { c: 'z', d: null }] }],
  ])('sees %s', (_, changed) => {
    expect(entryDigest(changed)).not.toBe(entryDigest(entry));
  });
});
