import { describe, expect, it } from '@jest/globals';
import type { CoverageEntry, CoverageReport, Level } from '@cliparity/model';
import { buildReports } from './build-reports.js';
import { LINUX, MAC, partsOf, unionOf, WINDOWS, type CommandDraft } from './parts.fixture.js';

const report = (name: string, commands: CommandDraft[], coverage: CoverageEntry[]) =>
  buildReports({ ...partsOf(unionOf(commands), coverage), digests: [], generatedAt: '2026-01-02T03:04:05Z' }).get(
    `coverage.${name}.json`,
  ) as CoverageReport;
const paths = (list: readonly { readonly path: string[] }[] | undefined) =>
  (list ?? []).map(({ path }) => path.join(' '));

const root: CoverageEntry = { path: [], level: 'explicit' };

describe('buildReports where levels differ between targets', () => {
  const run = (level: Level, scope: string[], note = 'n'): CoverageEntry => ({
    path: ['run'],
    level,
    note,
    scope: { target_triples: scope },
  });
  const commands: CommandDraft[] = [{ path: [] }, { path: ['run'] }];
  it('states each target’s level in its report and the required target’s in any and all', () => {
    const coverage = [root, run('intentionally_unsupported', [MAC], 'not there'), run('explicit', [LINUX, WINDOWS])];
    expect(report(MAC, commands, coverage).deltas.intentionally_unsupported?.[0]).toMatchObject({ note: 'not there' });
    for (const name of ['any', 'all', LINUX]) expect(report(name, commands, coverage).totals.commands.covered).toBe(2);
  });
  it('asks the targets that have the unit first', () => {
    const only: CommandDraft[] = [{ path: [] }, { path: ['run'], on: [MAC] }];
    const made = report('any', only, [root, run('explicit', [LINUX]), run('unsupported', [MAC])]);
    expect(paths(made.deltas.unsupported)).toEqual(['run']);
  });
  it('lets a unit be where its command is at most', () => {
    const flagged: CommandDraft[] = [{ path: [] }, { path: ['run'], flags: [['--x']] }];
    const entry = { ...run('explicit', [MAC]), flags: [{ key: '--x', level: 'explicit' as const }] };
    expect(report(MAC, flagged, [root, entry]).totals.flags.covered).toBe(1);
    expect(report(LINUX, flagged, [root, entry]).totals.flags.missing).toBe(1);
  });
  it('gives up when nothing is said about the required target', () => {
    expect(() => report('any', commands, [root, run('explicit', [MAC]), run('unsupported', [WINDOWS])])).toThrow(
      expect.objectContaining({ code: 'COVERAGE_LEVELS_DIFFER', where: 'wrapper_coverage.json#/coverage/1' }),
    );
  });
  it('waives with the nearest subtree, and not with one that is about other targets', () => {
    const below: CommandDraft[] = [
      { path: [] },
      { path: ['run'] },
      { path: ['run', 'x'] },
      { path: ['run', 'x', 'y'] },
    ];
    const made = report('any', below, [
      root,
      run('intentionally_unsupported', [LINUX, MAC, WINDOWS], 'far'),
      { path: ['run', 'x'], level: 'intentionally_unsupported', note: 'near' },
    ]);
    expect(made.deltas.intentionally_unsupported?.map(({ note }) => note)).toEqual(['far', 'near', 'near']);
    const elsewhere: CommandDraft[] = [{ path: [] }, { path: ['run'] }, { path: ['run', 'x'], on: [WINDOWS] }];
    const other = report('any', elsewhere, [root, run('intentionally_unsupported', [MAC])]);
    expect(paths(other.deltas.missing_commands)).toEqual(['run x']);
  });
  it('lets the required target decide whether a scoped subtree waives what is below it', () => {
    const below: CommandDraft[] = [{ path: [] }, { path: ['run'] }, { path: ['run', 'x'] }];
    const onLinux = report('any', below, [root, run('intentionally_unsupported', [LINUX])]);
    expect(paths(onLinux.deltas.intentionally_unsupported)).toEqual(['run', 'run x']);
    const onMac = report('any', below, [root, run('intentionally_unsupported', [MAC])]);
    expect(paths(onMac.deltas.missing_commands)).toEqual(['run x']);
    const notOnLinux: CommandDraft[] = [{ path: [] }, { path: ['run'] }, { path: ['run', 'x'], on: [MAC, WINDOWS] }];
    expect(() => report('any', notOnLinux, [root, run('intentionally_unsupported', [MAC])])).toThrow(
      expect.objectContaining({ code: 'COVERAGE_SCOPE_MISMATCH' }),
    );
  });
});

describe('buildReports refuses', () => {
  const bad = (entries: CoverageEntry[]) => () => report('any', [{ path: [] }], entries);
  it.each<[string, string, CoverageEntry[]]>([
    ['SCOPE_EMPTY', '/coverage/0/flags/0/scope', [{ ...root, flags: [{ key: '-a', level: 'explicit', scope: {} }] }]],
    ['SCOPE_EMPTY', '/coverage/0/scope', [{ ...root, scope: { platforms: [] } }]],
    ['COVERAGE_DUPLICATE', '/coverage/1', [root, { ...root, scope: { platforms: ['linux'] } }]],
    [
      'COVERAGE_DUPLICATE',
      '/coverage/0/args/1',
      [
        {
          ...root,
          args: [
            { name: 'A', level: 'explicit' },
            { name: 'A', level: 'unknown' },
          ],
        },
      ],
    ],
    ['COVERAGE_NOTE_MISSING', '/coverage/0/note', [{ ...root, level: 'intentionally_unsupported', note: ' ' }]],
    [
      'COVERAGE_NOTE_MISSING',
      '/coverage/0/flags/0/note',
      [{ ...root, flags: [{ key: '-a', level: 'intentionally_unsupported' }] }],
    ],
  ])('%s at %s', (code, pointer, entries) => {
    expect(bad(entries)).toThrow(expect.objectContaining({ code, where: `wrapper_coverage.json#${pointer}` }));
  });
});
