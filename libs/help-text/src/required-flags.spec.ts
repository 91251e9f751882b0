import { describe, expect, it } from '@jest/globals';
import type { Flag } from '@cliparity/model';
import { markRequired } from './required-flags.js';

const flags: Flag[] = [
  { key: '--out', long: '--out', short: '-o', takes_value: true },
  { key: '--level', long: '--level', takes_value: true, default: '3' },
  { key: '--quick', long: '--quick', takes_value: false },
];
const required = (...usage: string[]): string[] =>
  markRequired(flags, usage, { words: ['prog'], hasCommands: false, takesValue: () => undefined })
    .filter((flag) => flag.required === true)
    .map(({ key }) => key);

describe('markRequired', () => {
  const lines: Record<string, readonly string[]> = {
    'prog -o DIR file': ['--out'],
    'prog --out=DIR': ['--out'],
    'prog [-o DIR] file': [],
    'prog (-o DIR | --quick)': [],
    'prog -o DIR | --quick': [],
    'prog --quick --level N': [],
    'prog -- -o DIR': [],
  };
  for (const [line, keys] of Object.entries(lines)) {
    it(line, () => {
      expect(required(line)).toEqual(keys);
    });
  }

  it('trusts no line that is one of several', () => {
    expect(required('prog -o DIR', 'prog --quick')).toEqual([]);
    expect(required()).toEqual([]);
  });
});
