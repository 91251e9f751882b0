import { describe, expect, it } from '@jest/globals';
import { normaliseHelp } from './normalise.js';

describe('normaliseHelp', () => {
  const texts: Record<string, readonly [string, string]> = {
    'returns a clean page as it is': ['a\n  b', 'a\n  b'],
    'reads CRLF and CR as LF': ['a\r\nb\rc', 'a\nb\nc'],
    'strips colours': ['\u001b[1;32mab\u001b[0mc', 'abc'],
    'strips a title set by OSC, ended by BEL or ST': ['\u001b]0;t\u0007a\u001b]8;;u\u001b\\b', 'ab'],
    'strips two-byte escapes and eight-bit CSI': ['\u001b(Ba\u001b=b\u009b1mc', 'abc'],
    'ends an unfinished string with its line': ['\u001b]0;t\nab', '\nab'],
    'undoes overstrikes': ['_\bN\bNA_\bM', 'NAM'],
    'expands tabs to columns of 8': ['\ta\tb\n12345678\tc', '        a       b\n12345678        c'],
    'makes NUL a blank': ['a\0b', 'a b'],
    'keeps a lone escape from eating text': ['a\u001b', 'a'],
  };
  for (const [name, [text, expected]] of Object.entries(texts)) {
    it(name, () => {
      expect(normaliseHelp(text)).toBe(expected);
    });
  }
});
