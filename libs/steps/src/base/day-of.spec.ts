import { describe, expect, it } from '@jest/globals';
import { dayOf, today } from './day-of.js';

describe('a day', () => {
  it('is one of the calendar, in one form', () => {
    expect(dayOf('2028-02-29', '--until')).toBe('2028-02-29');
    for (const text of ['2027-02-29', '2027-13-01', '27-01-01', '2027-1-1', '2027-01-01T00:00:00Z', 'today', ''])
      expect(() => dayOf(text, '--until')).toThrow(expect.objectContaining({ code: 'DAY_INVALID', where: '--until' }));
  });
  it('is today in UTC', () => {
    expect(today({ now: () => new Date('2026-01-02T23:59:59+02:00') })).toBe('2026-01-02');
  });
});
