import { describe, expect, it } from '@jest/globals';
import { newUnitCoverage } from './new-units.js';
import { partsOf, unionOf } from './parts.fixture.js';

const before = unionOf([{ path: [] }, { path: ['run'], flags: [['--json']] }]);
const after = unionOf([
  { path: [] },
  { path: ['apply'], args: [['FILE']] },
  { path: ['run'], flags: [['--json'], ['--new'], ['--quiet']], args: [['TASK']] },
]);
const parts = partsOf(
  after,
  [
    { path: [], level: 'explicit' },
    { path: ['apply'], level: 'intentionally_unsupported', note: 'not of use' },
    {
      path: ['run'],
      level: 'explicit',
      flags: [
        { key: '--new', level: 'explicit' },
        { key: '--gone', level: 'explicit' },
      ],
    },
  ],
  [{ unit: 'arg', path: ['run'], name: 'TASK', note: 'asked for elsewhere' }],
);

describe('coverage of new units', () => {
  it('says that there is no baseline', () => {
    expect(newUnitCoverage(parts, undefined)).toEqual({ kind: 'no_baseline' });
  });
  it('judges what the baseline did not have, and nothing else', () => {
    expect(newUnitCoverage(parts, before)).toMatchObject({
      kind: 'compared',
      baseline: '1.0.0',
      tally: { upstream: 5, covered: 1, waived: 2, excluded: 1, missing: 1 },
      units: [
        { unit: 'command:apply', answer: 'waived', note: 'not of use' },
        { unit: 'arg:apply/FILE', answer: 'waived' },
        { unit: 'flag:run/--new', answer: 'wrapped' },
        { unit: 'flag:run/--quiet', answer: 'missing' },
        { unit: 'arg:run/TASK', answer: 'excluded', note: 'asked for elsewhere' },
      ],
    });
  });
  it('finds nothing new in the baseline itself', () => {
    expect(newUnitCoverage(partsOf(before, []), before)).toMatchObject({ tally: { upstream: 0 }, units: [] });
  });
});
