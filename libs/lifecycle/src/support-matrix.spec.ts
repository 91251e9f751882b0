import { describe, expect, it } from '@jest/globals';
import { LINUX, MAC, noPointers } from './parts.fixture.js';
import { matrixMarkdown, matrixRows, matrixText, type MatrixInput } from './support-matrix.js';

const root = (cli: string): MatrixInput => ({
  cli,
  expectedTargets: [LINUX, MAC],
  pointers: { ...noPointers, latestValidated: new Map([[LINUX, '1.10.0']]) },
  versions: ['1.9.0', '1.10.0'].map((version) => ({
    version,
    status: 'reported',
    seen: new Map([[LINUX, { missing: version === '1.9.0' ? 3 : 0, waived: 1 }]]),
    tests: new Map([[LINUX, 'passed']]),
  })),
});

describe('the support matrix', () => {
  const rows = matrixRows([root('zeta'), root('alpha')]);
  it('has a row per root, target and version, newest first', () => {
    expect(rows.map(({ cli, target, version }) => [cli, target, version].join(' '))).toEqual(
      ['alpha', 'zeta'].flatMap((cli) =>
        [MAC, LINUX].flatMap((target) => [`${cli} ${target} 1.10.0`, `${cli} ${target} 1.9.0`]),
      ),
    );
    expect(rows[2]).toMatchObject({ coverage: 'complete', tests: 'passed', pointers: ['latest_validated'] });
    expect(rows[0]).toMatchObject({ coverage: 'unseen', tests: 'none', pointers: [] });
  });
  it('is the same bytes each time, and a table for people', () => {
    expect(matrixText(rows)).toBe(matrixText(matrixRows([root('alpha'), root('zeta')])));
    const text = matrixMarkdown(rows);
    expect(text).toContain(`| 1.9.0 | ${LINUX} | reported | 3 missing, 1 waived | passed | — |`);
    expect(text).toContain(`| 1.10.0 | ${LINUX} | reported | complete, 1 waived | passed | latest validated |`);
  });
});
