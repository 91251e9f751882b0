import { describe, expect, it } from '@jest/globals';
import { memoryView } from '../engine/memory-view.js';
import { compareDerived } from './derived-file.js';

const union = (digest: string, more = {}): string =>
  JSON.stringify({
    provenance: {
      inputs: [
        { name: 'a.json', sha256: digest },
        { name: 'targets', sha256: 't' },
      ],
    },
    ...more,
  });
const found = (path: string, committed: string | undefined, text: string) =>
  compareDerived(
    memoryView(new Map(committed === undefined ? [] : [[path, committed]])),
    [{ path, text }],
    'roots/cli/',
  ).map(({ code, message, help }) => `${code} ${message} | ${help ?? ''}`);
const UNION = 'snapshots/1.0.0/union.json';
const AGAIN = 'Derive it again, read the change, commit it: cliparity';

describe('a derived file', () => {
  it('is as its inputs give it', () => expect(found(UNION, 'x', 'x')).toEqual([]));
  it('that differs says which of its inputs changed, and what derives it again', () => {
    expect(found(UNION, union('1'), union('2'))).toEqual([
      `DERIVED_FILE_DIFFERS roots/cli/${UNION} differs from what its inputs give: since it was made, a.json changed | ${AGAIN} union cli 1.0.0`,
    ]);
    const report = (digest: string) => JSON.stringify({ inputs: { digests: [{ name: 'rules', sha256: digest }] } });
    expect(found('reports/1.0.0/coverage.any.json', report('1'), report('2'))[0]).toMatch(
      /rules changed \| .* report cli 1\.0\.0$/,
    );
    const metadata = (digest: string) => JSON.stringify({ inputs: [{ name: 'lock', sha256: digest }] });
    expect(found('versions/1.0.0.json', metadata('1'), metadata('2'))[0]).toMatch(/lock changed \| .* rebuild cli$/);
  });
  it.each(['{', union('1', { tool: 'other' }), '[]'])('that was edited names none: %s', (committed) => {
    expect(found(UNION, committed, union('1'))[0]).toContain('differs from what its inputs give |');
  });
  it('may be missing', () => {
    expect(found(UNION, undefined, 'x')).toEqual([
      `DERIVED_FILE_MISSING roots/cli/${UNION} is missing | ${AGAIN} union cli 1.0.0`,
    ]);
  });
});
