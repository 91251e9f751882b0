import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { enabledNames, failedFeatures, parseFeatures } from './features.js';

describe('parseFeatures', () => {
  it('reads columns, with stages of several words', () => {
    const text = 'zeta               stable             TRUE\nalpha_one          under development  false\r\n';
    expect(parseFeatures(text)).toEqual([
      { name: 'alpha_one', stage: 'under development', effective: false },
      { name: 'zeta', stage: 'stable', effective: true },
    ]);
  });
  it('reads lines with single spaces', () => {
    expect(parseFeatures('a_very_long_name under development true\n')).toEqual([
      { name: 'a_very_long_name', stage: 'under development', effective: true },
    ]);
  });
  it('reads names of several words where the columns tell', () => {
    expect(parseFeatures('my feature  in beta  true')).toEqual([
      { name: 'my feature', stage: 'in beta', effective: true },
    ]);
  });
  it.each(['', 'NAME  STAGE  EFFECTIVE', 'a true', 'a  stable  maybe', '   ', 'true'])('passes over %j', (line) => {
    expect(parseFeatures(line)).toEqual([]);
  });
  it('keeps the first line of a name', () => {
    expect(parseFeatures('a  x  true\na  y  false')).toEqual([{ name: 'a', stage: 'x', effective: true }]);
  });
  it('reads back any table of words', () => {
    const word = fc.stringMatching(/^[a-z_]{1,12}$/);
    const row = fc.record({
      name: word,
      stage: fc.array(word, { minLength: 1, maxLength: 3 }),
      effective: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.uniqueArray(row, { selector: (r) => r.name }), (rows) => {
        const lines = rows.map((r) => `${r.name.padEnd(14)}${r.stage.join(' ').padEnd(44)}${r.effective}`);
        const read = parseFeatures(lines.join('\n'));
        expect(read).toHaveLength(rows.length);
        for (const r of rows) expect(read).toContainEqual({ ...r, stage: r.stage.join(' ') });
      }),
    );
  });
});

describe('the second pass', () => {
  it('leaves removed features alone', () => {
    const listed = parseFeatures('a  stable  true\nb  removed  false\nc  under development  false');
    expect(enabledNames(listed)).toEqual(['a', 'c']);
  });
  it('says what the probe said', () => {
    const page = { path: [], argv: ['features', 'list'], stdout: '', stderr: 'error: no\nmore\n', exit_code: 2 };
    expect(failedFeatures(page)).toEqual({ mode: 'default', probe_error: 'features list exited 2: error: no' });
  });
});
