import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CoverageEntry, WrapperCoverage } from '@cliparity/model';
import { normalizeWrapperCoverage } from './normalize-wrapper-coverage.js';

const place = {
  expected: ['linux-x64', 'linux-arm64', 'win32-x64'],
  systems: { 'linux-x64': 'linux', 'linux-arm64': 'linux', 'win32-x64': 'windows' },
};
const statement = (coverage: CoverageEntry[]): WrapperCoverage => ({ schema_version: 2, wrapper: 'w', coverage });
const normalize = (coverage: CoverageEntry[]) => normalizeWrapperCoverage(statement(coverage), place).coverage;

describe('normalizeWrapperCoverage', () => {
  it('expands platforms, drops empty lists, and puts entries into their order', () => {
    expect(
      normalize([
        { path: ['b'], level: 'explicit', flags: [], args: [] },
        { path: ['a'], level: 'explicit', scope: { platforms: ['windows'] } },
        {
          path: ['a'],
          level: 'passthrough',
          scope: { platforms: ['linux'], target_triples: ['linux-x64'] },
          flags: [
            { key: '-z', level: 'explicit' },
            { key: '-a', level: 'explicit', scope: { platforms: ['linux'] } },
          ],
        },
      ]),
    ).toEqual([
      {
        path: ['a'],
        level: 'passthrough',
        scope: { target_triples: ['linux-x64', 'linux-arm64'] },
        flags: [
          { key: '-a', level: 'explicit', scope: { target_triples: ['linux-x64', 'linux-arm64'] } },
          { key: '-z', level: 'explicit' },
        ],
      },
      { path: ['a'], level: 'explicit', scope: { target_triples: ['win32-x64'] } },
      { path: ['b'], level: 'explicit' },
    ]);
  });
  it('puts units of one key in the order of their scopes, whatever their levels', () => {
    const flags: CoverageEntry['flags'] = [
      { key: '-a', level: 'explicit', scope: { target_triples: ['win32-x64'] } },
      { key: '-a', level: 'unknown', scope: { target_triples: ['linux-x64'] } },
    ];
    const made = normalize([{ path: [], level: 'explicit', flags }]);
    expect(made[0]?.flags?.map(({ level }) => level)).toEqual(['unknown', 'explicit']);
  });
  it.each<[string, CoverageEntry]>([
    ['COVERAGE_TARGET_UNKNOWN', { path: [], level: 'explicit', scope: { target_triples: ['linux-x86'] } }],
    ['COVERAGE_PLATFORM_UNKNOWN', { path: [], level: 'explicit', scope: { platforms: ['macos'] } }],
    ['SCOPE_EMPTY', { path: [], level: 'explicit', scope: {} }],
  ])('refuses with %s', (code, entry) => {
    expect(() => normalize([entry])).toThrow(expect.objectContaining({ code }));
  });
  it('names the nearest target', () => {
    expect(() => normalize([{ path: [], level: 'explicit', scope: { target_triples: ['linux-x46'] } }])).toThrow(
      /linux-x64/,
    );
  });
  it('gives the same for any order of entries, and is done after one time', () => {
    const names = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 2 });
    fc.assert(
      fc.property(
        names.chain((n) => fc.tuple(fc.constant(n), fc.shuffledSubarray(n, { minLength: n.length }))),
        ([one, two]) => {
          const entries = (list: string[]): CoverageEntry[] =>
            list.map((name) => ({ path: [name], level: 'explicit' }));
          const made = normalize(entries(one));
          expect(normalize(entries(two))).toEqual(made);
          expect(normalize(made)).toEqual(made);
        },
      ),
    );
  });
});
