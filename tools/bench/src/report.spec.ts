import { describe, expect, it } from '@jest/globals';
import { benchmarkTable } from './report.js';

const figure = { bench: 'b', name: 'n', about: 'a', unit: 'ratio', value: 2 };

describe('benchmarkTable', () => {
  it.each([
    [{ bound: '<= 3', within: true }, '| b | n | 2 ratio | <= 3 ✓ | a |'],
    [{ bound: '<= 1', within: false }, '| b | n | 2 ratio | <= 1 ✗ | a |'],
    [{}, '| b | n | 2 ratio |  | a |'],
  ])('says whether a bound holds: %j', (bound, row) => {
    expect(benchmarkTable([{ ...figure, ...bound }], [])).toContain(row);
  });

  it('names what could not run and why', () => {
    expect(benchmarkTable([], [{ bench: 'b', reason: 'no program: run `x`' }])).toContain(
      '- b: not run here, no program: run `x`',
    );
  });
});
