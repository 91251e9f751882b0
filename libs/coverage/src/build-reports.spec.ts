import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CoverageEntry, CoverageReport, Exclusion, Level, Union } from '@cliparity/model';
import { LEVELS } from '@cliparity/model';
import { exportUnionV2, importSnapshotV1, mergeUnion, type OlderRules, type SnapshotV1 } from '@cliparity/surface';
import { buildReports } from './build-reports.js';
import { LINUX, MAC, partsOf, unionOf, WINDOWS, type CommandDraft } from './parts.fixture.js';
import { reportV1 } from './older/report-v1.js';
import type { WrapperCoverageV1 } from './older/schema.js';
import { hasReference, referenceJson } from './reference-data.fixture.js';

const reports = (union: Union, coverage: CoverageEntry[], exclusions: Exclusion[] = []) =>
  buildReports({ ...partsOf(union, coverage, exclusions), digests: [], generatedAt: '2026-01-02T03:04:05Z' });
const report = (name: string, commands: CommandDraft[], coverage: CoverageEntry[]) =>
  reports(unionOf(commands), coverage).get(`coverage.${name}.json`) as CoverageReport;
const paths = (
  list: readonly { readonly path: string[]; readonly key?: string; readonly name?: string }[] | undefined,
) =>
  (list ?? []).map(({ path, key, name }) =>
    [...path, ...(key === undefined ? [] : [key]), ...(name === undefined ? [] : [name])].join(' '),
  );

const root: CoverageEntry = { path: [], level: 'explicit' };

describe('buildReports', () => {
  it('makes any, one per seen target, and all only for a complete union', () => {
    expect([...reports(unionOf([{ path: [] }]), []).keys()]).toEqual(
      ['any', LINUX, MAC, WINDOWS, 'all'].map((name) => `coverage.${name}.json`),
    );
    expect([...reports(unionOf([{ path: [] }], [LINUX]), []).keys()]).toEqual([
      'coverage.any.json',
      `coverage.${LINUX}.json`,
    ]);
  });
  it('has one file for a target that is called any', () => {
    const union = { ...unionOf([{ path: [], on: ['any'] }]), expected_targets: ['any'] };
    const made = reports(
      { ...union, inputs: union.inputs.slice(0, 1).map((i) => ({ ...i, target_triple: 'any' })) },
      [],
    );
    expect([...made.keys()]).toEqual(['coverage.any.json', 'coverage.all.json']);
    expect(made.get('coverage.any.json')?.platform_filter).toEqual({ mode: 'any' });
  });
  it('lists a unit as missing where it is, under each filter', () => {
    const commands: CommandDraft[] = [
      { path: [], flags: [['--linux', [LINUX]]] },
      { path: ['mac'], on: [MAC], args: [['X']] },
    ];
    const any = report('any', commands, [root]);
    expect([
      paths(any.deltas.missing_commands),
      paths(any.deltas.missing_flags),
      paths(any.deltas.missing_args),
    ]).toEqual([['mac'], ['--linux'], ['mac X']]);
    expect(paths(report(LINUX, commands, [root]).deltas.missing_commands)).toEqual([]);
    expect(paths(report(LINUX, commands, [root]).deltas.missing_flags)).toEqual(['--linux']);
    expect(paths(report(MAC, commands, [root]).deltas.missing_args)).toEqual(['mac X']);
    expect(report('all', commands, [root]).totals.flags.upstream).toBe(0);
  });
  it.each<[Level | undefined, keyof CoverageReport['deltas'] | undefined, string]>([
    ['explicit', undefined, 'covered'],
    ['passthrough', 'passthrough_candidates', 'passthrough'],
    ['unsupported', 'unsupported', 'missing'],
    ['intentionally_unsupported', 'intentionally_unsupported', 'waived'],
    ['unknown', 'missing_commands', 'missing'],
    [undefined, 'missing_commands', 'missing'],
  ])('puts a command of level %s into %s and counts it as %s', (level, list, field) => {
    const entry = level === undefined ? [] : [{ path: ['run'], level, note: 'because' }];
    const made = report('any', [{ path: [] }, { path: ['run'] }], [root, ...entry]);
    const lists = Object.entries(made.deltas).filter(([, units]) => units.length > 0);
    expect(lists.map(([name]) => name)).toEqual(list === undefined ? [] : [list]);
    expect(made.totals.commands).toMatchObject({ upstream: 2, [field]: field === 'covered' ? 2 : 1 });
  });
  it('calls an unsupported flag missing', () => {
    const made = report(
      'any',
      [{ path: [], flags: [['--x']] }],
      [{ ...root, flags: [{ key: '--x', level: 'unsupported' }] }],
    );
    expect(made.deltas.missing_flags).toEqual([
      { path: [], key: '--x', upstream_available_on: [LINUX, MAC, WINDOWS], wrapper_level: 'unsupported' },
    ]);
  });
  it('waives what stands below an intentionally unsupported command, except what says otherwise', () => {
    const commands: CommandDraft[] = [
      { path: [] },
      { path: ['mcp'], flags: [['--a'], ['--b']], args: [['X']] },
      { path: ['mcp', 'add'] },
      { path: ['mcp-server'] },
    ];
    const made = report('any', commands, [
      root,
      {
        path: ['mcp'],
        level: 'intentionally_unsupported',
        note: ' why ',
        flags: [{ key: '--b', level: 'explicit' }],
      },
    ]);
    expect(paths(made.deltas.intentionally_unsupported)).toEqual(['mcp', 'mcp add', 'mcp --a', 'mcp X']);
    expect(made.deltas.intentionally_unsupported?.[1]).toMatchObject({
      note: 'why',
      wrapper_level: 'intentionally_unsupported',
    });
    expect(paths(made.deltas.missing_commands)).toEqual(['mcp-server']);
  });
  it('lists exclusions and counts what stands below an excluded command, but not its sub-commands', () => {
    const commands: CommandDraft[] = [
      { path: [], flags: [['--x']] },
      { path: ['app'], flags: [['--y']] },
      { path: ['app', 'sub'] },
    ];
    const made = reports(
      unionOf(commands),
      [root, { path: ['app'], level: 'explicit' }],
      [
        { unit: 'command', path: ['app'], note: 'a desktop program' },
        { unit: 'flag', path: [], key: '--x', note: 'n' },
      ],
    ).get('coverage.any.json') as CoverageReport;
    expect(made.deltas.excluded_commands?.[0]).toMatchObject({ note: 'a desktop program', wrapper_level: 'explicit' });
    expect(paths(made.deltas.excluded_flags)).toEqual(['--x']);
    expect(paths(made.deltas.missing_commands)).toEqual(['app sub']);
    expect(made.totals.flags).toMatchObject({ upstream: 2, excluded: 2, missing: 0 });
  });
  it('lists what only the wrapper has, per filter', () => {
    const coverage: CoverageEntry[] = [
      { ...root, flags: [{ key: '--gone', level: 'explicit' }] },
      { path: ['hidden'], level: 'explicit', note: 'n' },
      { path: ['mac'], level: 'explicit', scope: { platforms: ['linux'] } },
    ];
    const commands: CommandDraft[] = [{ path: [] }, { path: ['mac'], on: [MAC] }];
    const any = report('any', commands, coverage);
    expect(paths(any.deltas.wrapper_only_commands)).toEqual(['hidden']);
    expect(paths(any.deltas.wrapper_only_flags)).toEqual(['--gone']);
    expect(report(LINUX, commands, coverage).deltas.wrapper_only_commands?.[1]).toEqual({
      path: ['mac'],
      upstream_available_on: [MAC],
      wrapper_level: 'explicit',
    });
  });
  it('asks for a flag that repeats the root’s at the root alone, unless it differs or the wrapper states it', () => {
    const union = unionOf([
      { path: [], flags: [['--config'], ['--out']] },
      { path: ['run'], flags: [['--config'], ['--out']] },
    ]);
    const out = union.commands[1]?.flags?.[1];
    if (out !== undefined) Object.assign(out, { takes_value: true, value_name: 'FILE' });
    const missing = (flags: CoverageEntry['flags'] & object) =>
      paths(
        reports(union, [root, { path: ['run'], level: 'explicit', flags }]).get('coverage.any.json')?.deltas
          .missing_flags,
      );
    expect(missing([])).toEqual(['--config', '--out', 'run --out']);
    expect(missing([{ key: '--config', level: 'unknown' }])).toEqual([
      '--config',
      '--out',
      'run --config',
      'run --out',
    ]);
    const stated = reports(union, [
      root,
      { path: ['run'], level: 'explicit', flags: [{ key: '--config', level: 'explicit' }] },
    ]);
    expect(stated.get('coverage.any.json')?.deltas.wrapper_only_flags).toBeUndefined();
  });
});

describe('the totals', () => {
  const level = fc.constantFrom<Level | undefined>(...LEVELS, undefined);
  it('add up, and every missing unit is listed, whatever the wrapper says', () => {
    fc.assert(
      fc.property(fc.array(level, { minLength: 6, maxLength: 6 }), (levels) => {
        const commands: CommandDraft[] = ['a', 'b', 'c'].map((name) => ({ path: [name], flags: [['--x']] }));
        const coverage = commands.flatMap(({ path }, i): CoverageEntry[] => {
          const [own, flag] = [levels[i], levels[i + 3]];
          if (own === undefined) return [];
          return [
            {
              path,
              level: own,
              note: 'n',
              ...(flag !== undefined && { flags: [{ key: '--x', level: flag, note: 'n' }] }),
            },
          ];
        });
        const { totals, deltas } = report('any', [{ path: [] }, ...commands], [root, ...coverage]);
        for (const tally of Object.values(totals)) {
          const { upstream, ...parts } = tally;
          expect(Object.values(parts).reduce((sum, n) => sum + n, 0)).toBe(upstream);
        }
        expect(totals.flags.missing).toBe(deltas.missing_flags.length);
        expect(totals.commands.missing).toBe(deltas.missing_commands.length + (deltas.unsupported?.length ?? 0));
      }),
    );
  });
});

describe('today’s reports and the older ones', () => {
  const withData = hasReference ? it : it.skip;
  withData(
    'say the same of somebody else’s root, but for flags that a command repeats (skipped without the reference data)',
    () => {
      const rules = referenceJson<OlderRules>('RULES.json');
      const older = referenceJson<WrapperCoverageV1>('wrapper_coverage.json');
      const { expected_targets: expected, required_target: required, platform_mapping: systems = {} } = rules.union;
      const snapshots = expected.map((t) => importSnapshotV1(referenceJson<SnapshotV1>(`snapshots/0.125.0/${t}.json`)));
      const union = mergeUnion({ snapshots, expectedTargets: expected, requiredTarget: required, inputs: [] });
      const fewer = older.coverage.filter((_, i) => i % 3 !== 1) as CoverageEntry[];
      const ours = buildReports({
        union,
        coverage: { schema_version: 2, wrapper: 'w', coverage: fewer },
        exclusions: (rules.parity_exclusions?.units ?? []) as Exclusion[],
        requiredTarget: required,
        systems: systems as Record<string, 'linux'>,
        digests: [],
        generatedAt: '2026-01-02T03:04:05Z',
      });
      const theirs = reportV1({
        union: exportUnionV2(union),
        coverage: { ...older, coverage: fewer as WrapperCoverageV1['coverage'] },
        rules,
        version: '0.125.0',
        generatedAt: '2026-01-02T03:04:05Z',
      });
      for (const [name, { deltas }] of theirs) {
        const same = ours.get(name)?.deltas;
        expect(deltas.missing_commands.length).toBeGreaterThan(0);
        for (const list of [
          'missing_commands',
          'missing_flags',
          'missing_args',
          'excluded_commands',
          'wrapper_only_commands',
        ] as const)
          expect([name, list, same?.[list]]).toEqual([name, list, deltas[list]]);
      }
    },
  );
});
