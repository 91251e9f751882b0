import { describe, expect, it, jest } from '@jest/globals';
import * as here from './errors.js';

const KINDS = ['UsageError', 'CouldNotRun', 'FindingError', 'Interrupted'] as const;

describe('an error of another copy of this module', () => {
  it.each(KINDS)('is a %s here, too, and no other one', async (kind) => {
    jest.resetModules();
    const elsewhere = await import('./errors.js');
    expect(elsewhere[kind]).not.toBe(here[kind]);
    const thrown = new elsewhere[kind]('SOME_CODE', 'some message');
    expect(thrown).toBeInstanceOf(here.CliparityError);
    expect(KINDS.filter((other) => thrown instanceof here[other])).toEqual([kind]);
    expect(here.toCliparityError(thrown)).toBe(thrown);
  });

  it('is not of a class that only this copy has', async () => {
    class Own extends here.CouldNotRun {}
    jest.resetModules();
    const elsewhere = await import('./errors.js');
    expect(new elsewhere.CouldNotRun('A', 'a') instanceof Own).toBe(false);
    expect(new Own('A', 'a')).toBeInstanceOf(here.CouldNotRun);
  });

  it('is none of ours when it only looks like one', () => {
    expect(Object.assign(new Error('x'), { code: 'A', exitCode: 3 })).not.toBeInstanceOf(here.CliparityError);
    expect({ code: 'A', exitCode: 3 }).not.toBeInstanceOf(here.CouldNotRun);
  });
});
