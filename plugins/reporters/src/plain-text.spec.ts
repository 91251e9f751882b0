import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { displayWidth, wrap } from './display-width.js';
import { plainLine, plainText } from './plain-text.js';

describe('plainText', () => {
  it.each([
    ['a\u001b[1;31mb\u001b[0mc', 'abc'],
    ['a\u001b]0;title\u0007b', 'ab'],
    ['a\u001b]8;;http://x\u001b\\link\u001b]8;;\u001b\\b', 'alinkb'],
    ['a\u001b]0;never ended\nb', 'a\nb'],
    ['a\u009b2Jb\u009d0;t\u0007c', 'abc'],
    ['a\u001b(Bb\u001bMc', 'abc'],
    ['a\u202eb\u2066c', 'abc'],
    ['tab\tand\nnewline\r\n', 'tab\tand\nnewline\n'],
    ['plain – ünïcode 日本', 'plain – ünïcode 日本'],
  ])('%j', (text, plain) => {
    expect(plainText(text)).toBe(plain);
  });

  it('leaves nothing that drives a terminal, whatever is fed', () => {
    const unit = fc.constantFrom('\u001b', '[', ']', '\u0007', '\\', '\u009b', '\u009d', 'm', '1', ';', 'P', '\n', 'x');
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 30 }), (text) => {
        expect(plainText(text)).not.toMatch(/(?!\n)\p{Cc}/u);
        expect(plainLine(text)).not.toMatch(/\p{Cc}/u);
      }),
    );
  });
});

describe('wrap', () => {
  it('loses nothing but the spaces it breaks at, and keeps to the width', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '日', 'é'), maxLength: 60 });
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 20 }), (line, width) => {
        const lines = wrap(line, width);
        expect(lines.join('').replaceAll(' ', '')).toBe(line.replaceAll(' ', ''));
        for (const part of lines) expect(displayWidth(part)).toBeLessThanOrEqual(width);
      }),
    );
  });

  it('keeps the indentation of a line that fits', () => {
    expect(wrap('  a  b', 10)).toEqual(['  a  b']);
  });
});

describe('displayWidth', () => {
  it.each([
    ['abc', 3],
    ['日本', 4],
    ['é', 1],
    ['✅', 2],
    ['', 0],
  ])('%s is %d', (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });
});
