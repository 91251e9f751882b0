import { describe, expect, it } from '@jest/globals';
import { finding, type Waivers } from '@cliparity/model';
import { applyWaivers, expiredWaivers } from './waivers.js';

const found = [finding({ code: 'A_B', message: 'm', file: 'a' }), finding({ code: 'C_D', message: 'm', file: 'a' })];
const waiverOf = (fingerprint: string) => ({ fingerprint, reason: 'known', owner: 'ana', until: '2026-06-30' });
const waivers: Waivers = {
  schema_version: 1,
  waivers: [waiverOf(found[0]?.fingerprint ?? ''), waiverOf('0'.repeat(16))],
};

describe('waivers', () => {
  it('take findings out, and are findings themselves when they cover nothing', () => {
    const { findings, waived } = applyWaivers(found, waivers, 'waivers.json');
    expect(findings.map(({ code }) => code)).toEqual(['C_D', 'WAIVER_UNUSED']);
    expect(waived).toMatchObject([{ finding: { code: 'A_B' }, owner: 'ana', reason: 'known' }]);
    expect(applyWaivers(found, undefined, 'waivers.json')).toEqual({ findings: found, waived: [] });
  });
  it('hold up to and including their day', () => {
    expect(expiredWaivers(waivers, 'waivers.json', '2026-06-30')).toEqual([]);
    const late = expiredWaivers(waivers, 'waivers.json', '2026-07-01');
    expect(late.map(({ code, location }) => [code, location?.pointer])).toEqual([
      ['WAIVER_EXPIRED', '/waivers/0'],
      ['WAIVER_EXPIRED', '/waivers/1'],
    ]);
  });
});
