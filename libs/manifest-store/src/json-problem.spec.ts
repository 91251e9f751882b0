import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { jsonProblem, placeOf } from './json-problem.js';

const parses = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};
const hasSyntaxProblem = (text: string): boolean => jsonProblem(text)?.kind === 'syntax';

describe('jsonProblem', () => {
  it('agrees with JSON.parse on every JSON text and on what is left after one cut or one change', () => {
    const broken = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom('', ',', '}', '"', '\\', '0', '-', '\n', '{', ':', 't', '\u0000'))
      .map(([text, at, piece]) => {
        const where = at % (text.length + 1);
        return text.slice(0, where) + piece + text.slice(where + 1);
      });
    fc.assert(
      fc.property(fc.oneof(fc.json(), broken, fc.string()), (text) => {
        if (jsonProblem(text)?.kind !== 'duplicate_key') expect(hasSyntaxProblem(text)).toBe(!parses(text));
      }),
      { numRuns: 1000 },
    );
  });
  it.each([
    ['{"a": 1,}', 8, 'expected a key in double quotes, found "}"'],
    ['', 0, 'expected a value, found the end of the file'],
    ['[1 2]', 3, 'expected "," or "]", found "2"'],
    ['{"a" 1}', 5, 'expected ":", found "1"'],
    ['{} x', 3, 'expected the end of the file, found "x"'],
    ["{'a': 1}", 1, 'expected a key in double quotes, found "\'"'],
    ['\ufeff{}', 0, 'expected a value, found "\ufeff"'],
  ])('says of %j where and what', (text, offset, message) => {
    expect(jsonProblem(text)).toEqual({ kind: 'syntax', offset, message });
  });
  it('finds a key that stands twice in one object, also when it is spelled differently', () => {
    expect(jsonProblem('{"a": {"a": 1}, "b": [{"x": 1, "\\u0078": 2}]}')).toEqual({
      kind: 'duplicate_key',
      offset: 31,
      message: 'the key "x" stands twice in one object',
    });
  });
  it('refuses nesting that would exhaust a stack', () => {
    expect(jsonProblem('['.repeat(100_000))?.kind).toBe('syntax');
  });
});

describe('placeOf', () => {
  it('counts lines and columns from 1, also after CRLF', () => {
    expect(placeOf('a\r\nbc', 4)).toEqual({ line: 2, column: 2 });
    expect(placeOf('', 0)).toEqual({ line: 1, column: 1 });
  });
});
