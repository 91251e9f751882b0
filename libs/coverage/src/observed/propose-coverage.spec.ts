import { describe, expect, it } from '@jest/globals';
import type { CoverageEntry } from '@cliparity/model';
import { LINUX } from '../parts.fixture.js';
import { OBSERVED_UNION } from './observed.fixture.js';
import { observedArgvs, observedLine } from './observed-line.js';
import { proposeCoverage } from './propose-coverage.js';

const propose = (coverage: CoverageEntry[], ...lines: string[]) =>
  proposeCoverage({
    union: OBSERVED_UNION,
    statement: { schema_version: 2, wrapper: 'w', coverage },
    place: { expected: [LINUX], systems: { [LINUX]: 'linux' } },
    argvs: lines.map((line) => line.split(' ')),
  });

describe('proposeCoverage', () => {
  it('states what was used, in canonical order, and leaves help out', () => {
    const { added, coverage } = propose([], 'exec --json text', 'exec --help', 'exec -q');
    expect(added).toEqual(['arg:exec/PROMPT', 'command:exec', 'flag:exec/--json', 'flag:exec/-q']);
    expect(coverage.coverage).toEqual([
      {
        path: ['exec'],
        level: 'explicit',
        flags: [
          { key: '--json', level: 'explicit' },
          { key: '-q', level: 'explicit' },
        ],
        args: [{ name: 'PROMPT', level: 'explicit' }],
      },
    ]);
  });
  it('changes nothing that was said but unknown, and says where use and statement disagree', () => {
    const stated: CoverageEntry[] = [
      {
        path: ['exec'],
        level: 'passthrough',
        note: 'n',
        flags: [
          { key: '--json', level: 'unknown' },
          { key: '--out', level: 'intentionally_unsupported', note: 'no files' },
          { key: '-v', level: 'explicit' },
        ],
      },
    ];
    const made = propose(stated, 'exec --json --out f --hidden=x');
    expect(made).toMatchObject({
      added: ['flag:exec/--json'],
      contradicted: ['flag:exec/--out'],
      notObserved: ['flag:exec/-v'],
      unknownToUpstream: ['flag:exec/--hidden'],
    });
    expect(made.coverage.coverage[0]).toMatchObject({ level: 'passthrough', note: 'n' });
    expect(made.coverage.coverage[0]?.flags?.[0]).toEqual({ key: '--json', level: 'explicit' });
  });
  it('does not depend on how often and in which order things were seen', () => {
    const lines = ['exec --json', 'exec resume ID', 'mcp add n'];
    expect(propose([], ...lines)).toEqual(propose([], ...[...lines].reverse(), ...lines));
  });
  it('counts a flag that repeats the root’s at the root, unless the statement has it where it was given', () => {
    expect(propose([], 'exec -c k=v').added).toEqual(['command:exec', 'flag:/--config']);
    const own: CoverageEntry = {
      path: ['exec'],
      level: 'explicit',
      flags: [{ key: '--config', level: 'passthrough' }],
    };
    expect(propose([own], 'exec -c k=v')).toMatchObject({ added: [], notObserved: [] });
  });
});

describe('a line of the log', () => {
  it('is one JSON document and a newline', () => {
    expect(observedLine(['a', 'b\nc'])).toBe('{"schema_version":1,"argv":["a","b\\nc"]}\n');
  });
  it('is read back, and one that is none is named', () => {
    const text = `${observedLine(['a'])}\n${observedLine([])}`;
    expect(observedArgvs(text, 'log')).toEqual([['a'], []]);
    for (const line of ['{}', '{"schema_version":1,"argv":[1]}', '{"schema_version":2,"argv":[]}', 'null', '{'])
      expect(() => observedArgvs(`${observedLine([])}${line}\n`, 'log')).toThrow(
        expect.objectContaining({ code: 'OBSERVED_LINE_INVALID', where: 'log:2' }),
      );
  });
});
