import { describe, expect, it } from '@jest/globals';
import { judgeRatchet, missingUnits, ratchetText, type Ratchet } from './ratchet.js';

const held: Ratchet = { schema_version: 1, values: { missing_commands: 3, missing_flags: 5 } };
const at = (tighten: boolean) => ({ file: 'ratchets/coverage.json', tighten });
const codes = (values: Record<string, number>, tighten: boolean, file: Ratchet | undefined = held) =>
  judgeRatchet(file, values, at(tighten)).findings.map(({ code }) => code);

describe('a ratchet', () => {
  it('holds what a report misses', () => {
    const tally = (missing: number) => ({ upstream: 9, covered: 0, passthrough: 0, waived: 0, excluded: 0, missing });
    expect(missingUnits({ totals: { commands: tally(1), flags: tally(2), args: tally(3) } })).toEqual({
      missing_args: 3,
      missing_commands: 1,
      missing_flags: 2,
    });
  });
  it('is content when nothing moved', () => {
    expect(judgeRatchet(held, { missing_flags: 5, missing_commands: 3 }, at(false))).toEqual({ findings: [] });
  });
  it('never loosens, neither here nor in CI', () => {
    const more = { missing_commands: 4, missing_flags: 2 };
    expect(codes(more, true)).toEqual(['RATCHET_LOOSENED']);
    expect(codes(more, false)).toEqual(['RATCHET_LOOSENED']);
    expect(judgeRatchet(held, more, at(true)).write).toBeUndefined();
  });
  it('tightens locally and must match in CI', () => {
    const less = { missing_commands: 3, missing_flags: 2 };
    expect(judgeRatchet(held, less, at(true))).toEqual({ findings: [], write: ratchetText(less) });
    expect(codes(less, false)).toEqual(['RATCHET_NOT_TIGHTENED']);
  });
  it('starts with what is measured first', () => {
    const judged = judgeRatchet(undefined, { missing_commands: 9 }, at(true));
    expect(JSON.parse(judged.write ?? '')).toEqual({ schema_version: 1, values: { missing_commands: 9 } });
    expect(judgeRatchet(undefined, { missing_commands: 9 }, at(false)).findings).toHaveLength(1);
  });
});
