import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compareBytes, comparePaths, compareVersions } from './order.js';

describe('compareBytes', () => {
  it('orders any two strings as their UTF-8 bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
        expect(Math.sign(compareBytes(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
      }),
    );
  });
  it('puts an astral character after U+FFFD, where UTF-16 would not', () => {
    expect(compareBytes('\u{1F600}', '\uFFFD')).toBeGreaterThan(0);
  });
});

describe('comparePaths', () => {
  it('puts a command before its sub-commands and siblings in byte order', () => {
    const paths = [['mcp', 'add'], ['exec'], [], ['mcp'], ['mcp-server']];
    expect([...paths].sort(comparePaths)).toEqual([[], ['exec'], ['mcp'], ['mcp', 'add'], ['mcp-server']]);
  });
});

describe('compareVersions', () => {
  it('follows semver, not text', () => {
    expect(['0.125.0', '0.92.0', '0.125.0-alpha.2'].sort(compareVersions)).toEqual([
      '0.92.0',
      '0.125.0-alpha.2',
      '0.125.0',
    ]);
  });
  it('puts what is no version before all versions, in byte order', () => {
    const huge = '1.2.99999999999999999999';
    expect(['0.0.1', huge, '01.2.3', '1.0.0-a..b', '0.0.0'].sort(compareVersions)).toEqual([
      '01.2.3',
      '1.0.0-a..b',
      huge,
      '0.0.0',
      '0.0.1',
    ]);
  });
});
