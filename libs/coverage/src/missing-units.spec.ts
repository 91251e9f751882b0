import { describe, expect, it } from '@jest/globals';
import { missingUnitFinding, missingUnitsOf } from './missing-units.js';
import { newUnitCoverage } from './new-units.js';
import { partsOf, unionOf } from './parts.fixture.js';

const parts = partsOf(unionOf([{ path: [] }, { path: ['run'], flags: [['--json']], args: [['TASK']] }]), [
  { path: [], level: 'explicit' },
  { path: ['run'], level: 'unsupported' },
]);
const { fingerprint } = missingUnitFinding('flag:run/--json');
const said = { reason: 'later', owner: 'us', until: '2027-01-01' };
const waivers = { schema_version: 1 as const, waivers: [{ fingerprint, ...said }] };

describe('missing units', () => {
  it('are named, with the waiver that somebody wrote', () => {
    const found = missingUnitsOf(parts, waivers);
    expect(found.map(({ unit, waiver }) => [unit, waiver])).toEqual([
      ['command:run', undefined],
      ['flag:run/--json', said],
      ['arg:run/TASK', undefined],
    ]);
    expect(new Set(found.map((one) => one.fingerprint)).size).toBe(3);
    expect(missingUnitFinding('command:run')).toMatchObject({
      code: 'UNIT_MISSING',
      fingerprint: found[0]?.fingerprint,
    });
  });
  it('count as waived among the new ones', () => {
    const before = unionOf([{ path: [] }, { path: ['run'] }]);
    expect(newUnitCoverage(parts, before, waivers)).toMatchObject({
      tally: { upstream: 2, waived: 1, missing: 1 },
      units: [
        { unit: 'flag:run/--json', answer: 'waived', note: 'later' },
        { unit: 'arg:run/TASK', answer: 'missing' },
      ],
    });
  });
});
