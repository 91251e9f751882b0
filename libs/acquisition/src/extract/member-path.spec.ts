import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { posix } from 'node:path';
import { below, linkTarget, memberPath } from './member-path.js';

const name = fc.array(fc.constantFrom('a', 'b', '.', '..', '', '/', '\\', '\0', 'C:', 'é'), { maxLength: 8 });
const refused = (work: () => string): string | undefined => {
  try {
    return work();
  } catch {
    return undefined;
  }
};

describe('memberPath', () => {
  it('cleans and keeps', () => {
    expect(memberPath('./a//b/', 'x')).toBe('a/b');
    expect(memberPath('./', 'x')).toBe('');
  });
  it('never gives a path that leaves its folder', () => {
    fc.assert(
      fc.property(name, (parts) => {
        const path = refused(() => memberPath(parts.join('/'), 'x'));
        if (path === undefined) return true;
        return !posix.isAbsolute(path) && !path.split('/').includes('..') && !/[\\\0]/.test(path);
      }),
    );
  });
});

describe('linkTarget', () => {
  it('counts a symbolic link from its folder and a hard link from the root', () => {
    expect(linkTarget({ path: 'a/b/l', to: '../c', symbolic: true }, 'x')).toBe('a/c');
    expect(linkTarget({ path: 'a/b/l', to: 'a/c', symbolic: false }, 'x')).toBe('a/c');
  });
  it('agrees with path resolution or refuses', () => {
    fc.assert(
      fc.property(name, (parts) => {
        const to = parts.join('/');
        const target = refused(() => linkTarget({ path: 'p/q/l', to, symbolic: true }, 'x'));
        return target === undefined || `/${target}` === posix.resolve('/p/q', to);
      }),
    );
  });
});

describe('below', () => {
  it('takes whole segments only', () => {
    expect(below('a', 'a/b')).toBe('b');
    expect(below('a', 'ab/c')).toBeUndefined();
    expect(below('a', 'a')).toBeUndefined();
    expect(below('', 'a/b')).toBe('a/b');
  });
});
