import { describe, expect, it } from '@jest/globals';
import { compareVersions } from '@cliparity/model';
import fc from 'fast-check';
import { isVersion, olderFirst } from './versions.js';

const number = fc.nat(12);
const word = fc.oneof(number.map(String), fc.constantFrom('alpha', 'beta', 'rc', 'rc-1', '1a', 'A'));
const version = fc
  .tuple(number, number, number, fc.array(word, { maxLength: 3 }), fc.array(word, { maxLength: 2 }))
  .map(([major, minor, patch, pre, build]) => {
    const rest = `${pre.length > 0 ? `-${pre.join('.')}` : ''}${build.length > 0 ? `+${build.join('.')}` : ''}`;
    return `${major}.${minor}.${patch}${rest}`;
  });

describe('olderFirst', () => {
  it('is the model’s order of versions', () => {
    fc.assert(
      fc.property(version, version, (a, b) => {
        expect(Math.sign(olderFirst(a, b))).toBe(Math.sign(compareVersions(a, b)));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('isVersion', () => {
  it('knows versions', () => {
    fc.assert(fc.property(version, (text) => isVersion(text)));
  });

  it.each(['', 'v1.0.0', '1.0', '1.0.0/x', '../1.0.0', '1.0.0-', '1.0.0 ', 'latest'])('does not know %j', (text) => {
    expect(isVersion(text)).toBe(false);
  });
});
