import { describe, expect, it } from '@jest/globals';
import { compare, measure, median } from './harness.js';

describe('median', () => {
  it('takes the middle of an odd count and the mean of the middle two of an even one', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([4, 1, 3, 2])).toBe(2.5);
  });
});

describe('compare', () => {
  it('runs both sides equally often and says whether the limit holds', async () => {
    const calls = { subject: 0, floor: 0 };
    const figure = await compare('b', {
      name: 'n',
      about: 'a',
      runs: 4,
      limit: 1e9,
      subject: () => void (calls.subject += 1),
      floor: () => void (calls.floor += 1),
    });
    expect(calls).toEqual({ subject: 5, floor: 5 });
    expect(figure).toMatchObject({ unit: 'ratio', bound: '<= 1000000000', within: true, runs: 4 });
  });
});

describe('a clock of its own', () => {
  it('is what the ratio is made of', async () => {
    let now = 0;
    const figure = await compare('b', {
      name: 'n',
      about: 'a',
      runs: 3,
      limit: 2,
      clock: () => now,
      subject: () => void (now += 30),
      floor: () => void (now += 10),
    });
    expect(figure).toMatchObject({ value: 3, within: false, subject_ms: 30, floor_ms: 10 });
  });
});

describe('measure', () => {
  it('is outside its bounds when the figure is', async () => {
    const figure = await measure('b', { name: 'n', about: 'a', unit: 'MB', atMost: 1, measure: () => 2 });
    expect(figure).toMatchObject({ value: 2, bound: '<= 1', within: false });
  });
});
