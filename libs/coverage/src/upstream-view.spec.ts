import { describe, expect, it } from '@jest/globals';
import type { UnionFlag } from '@cliparity/model';
import { repeatsRootFlag } from './upstream-view.js';

const root: UnionFlag = {
  key: '--config',
  long: '--config',
  takes_value: true,
  value_name: 'KEY=VALUE',
  available_on: ['linux-x64', 'win32-x64'],
};

describe('repeatsRootFlag', () => {
  it.each<[string, Partial<UnionFlag>, boolean]>([
    ['the same flag', {}, true],
    ['the same flag with another text, default or repeatability', { about: 'x', default: 'y', repeatable: true }, true],
    ['the same flag on fewer targets', { available_on: ['linux-x64'] }, true],
    ['a flag where the root has none', { available_on: ['linux-x64', 'darwin-arm64'] }, false],
    ['a flag with another value', { value_name: 'FILE' }, false],
    ['a flag without a value', { takes_value: false }, false],
  ])('%s: %s is %s', (_what, change, repeats) => {
    expect(repeatsRootFlag(root, { ...root, ...change })).toBe(repeats);
  });
  it('is false when the root has no such flag', () => {
    expect(repeatsRootFlag(undefined, root)).toBe(false);
  });
});
