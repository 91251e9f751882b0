import { describe, expect, it } from '@jest/globals';
import { coverageView } from './coverage-view.js';
import { LINUX, MAC, partsOf, unionOf, WINDOWS } from './parts.fixture.js';

describe('coverageView', () => {
  const union = unionOf(
    [{ path: [], flags: [['--a'], ['--b']] }, { path: ['mcp'] }, { path: ['mcp', 'add'], args: [['NAME']] }],
    [LINUX, MAC],
  );
  it('shows a row per top-level command, a row per target, and what is missing', () => {
    const view = coverageView(
      partsOf(union, [
        { path: [], level: 'explicit', flags: [{ key: '--a', level: 'passthrough' }] },
        { path: ['mcp'], level: 'intentionally_unsupported', note: 'n', args: [] },
        { path: ['mcp', 'add'], level: 'unsupported' },
      ]),
      { [WINDOWS]: 'wine is not installed' },
    );
    expect(view.headline).toBe('tool-cli 1.0.0: 4 of 6 units handled, 2 missing');
    expect(view.tone).toBe('warn');
    expect(view.lines).toEqual(['missing: flag --b', 'missing: command mcp add']);
    const cells = view.tables?.map((table) =>
      table.rows.map((row) => row.map((cell) => (typeof cell === 'string' ? cell : cell.text))),
    );
    expect(cells).toEqual([
      [
        ['(root)', '1', '1', '0', '0', '1'],
        ['mcp', '0', '0', '2', '0', '1'],
      ],
      [
        [LINUX, 'yes'],
        [MAC, 'yes'],
        [WINDOWS, 'no: wine is not installed'],
      ],
    ]);
  });
  it('is good and asks for nothing when nothing is missing', () => {
    const view = coverageView(partsOf(unionOf([{ path: [] }]), [{ path: [], level: 'explicit' }]));
    expect([view.tone, view.lines, view.next]).toEqual(['good', undefined, undefined]);
  });
  it('cuts a long list of missing units and says how many there are', () => {
    const flags = Array.from({ length: 25 }, (_, i) => [`--flag-${String(i)}`] as const);
    const view = coverageView(partsOf(unionOf([{ path: [], flags }]), [{ path: [], level: 'explicit' }]));
    expect(view.lines).toHaveLength(9);
    expect(view.lines?.at(-1)).toBe('… and 17 more');
  });
});
