import { describe, expect, it } from '@jest/globals';
import { finding } from '@cliparity/model';
import type { Workbench } from '../base/workbench.js';
import { severitiesOf, withSeverities } from './with-severities.js';

const benchWith = (severities?: object): Workbench => ({ kernel: { config: { severities } } }) as unknown as Workbench;
const stray = finding({ code: 'FILE_UNEXPECTED', message: 'x', file: 'x' });
const unused = finding({ code: 'WAIVER_UNUSED', severity: 'warning', message: 'y', file: 'y' });

describe('severities of the configuration', () => {
  it('take the place of those that findings have, and leave out what is off', () => {
    expect(withSeverities([stray, unused], {})).toEqual([stray, unused]);
    expect(withSeverities([stray, unused], { FILE_UNEXPECTED: 'info', WAIVER_UNUSED: 'off' })).toEqual([
      { ...stray, severity: 'info' },
    ]);
  });
  it('are of codes that findings have', () => {
    expect(severitiesOf(benchWith())).toEqual({});
    expect(severitiesOf(benchWith({ WAIVER_UNUSED: 'off' }))).toEqual({ WAIVER_UNUSED: 'off' });
    const misspelt = () => severitiesOf(benchWith({ WAIVER_UNUSD: 'off' }));
    expect(misspelt).toThrow(expect.objectContaining({ code: 'SEVERITY_CODE_UNKNOWN', exitCode: 2 }));
    expect(misspelt).toThrow('Did you mean "WAIVER_UNUSED"?');
    // An error is no finding.
    expect(() => severitiesOf(benchWith({ ROOT_UNKNOWN: 'off' }))).toThrow('ROOT_UNKNOWN');
  });
});
