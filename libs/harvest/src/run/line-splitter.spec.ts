import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createLineSplitter } from './line-splitter.js';

function split(chunks: readonly Buffer[]) {
  const lines: string[] = [];
  const splitter = createLineSplitter((line) => lines.push(line));
  chunks.forEach(splitter.push);
  return { lines, ...splitter.end() };
}

describe('createLineSplitter', () => {
  it.each([
    ['', [], false],
    ['a', ['a'], true],
    ['a\n', ['a'], false],
    ['a\r\n\nb\n', ['a', '', 'b'], false],
  ])('%j', (text, lines, unfinished) => {
    expect(split([Buffer.from(text)])).toMatchObject({ lines, unfinished });
  });

  it('says when a line is not UTF-8', () => {
    expect(split([Buffer.from([0x61, 0xff, 0x0a])])).toMatchObject({ lines: ['a\ufffd'], invalidUtf8: true });
  });

  it('does not care where the stream is cut', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'ö', '\n', '\r', '😀') }),
        fc.array(fc.nat({ max: 9 })),
        (text, sizes) => {
          const bytes = Buffer.from(text);
          const chunks: Buffer[] = [];
          let at = 0;
          for (const size of sizes) {
            chunks.push(bytes.subarray(at, at + size));
            at += size;
          }
          chunks.push(bytes.subarray(Math.min(at, bytes.length)));
          expect(split(chunks)).toEqual(split([bytes]));
        },
      ),
    );
  });
});
