import { relative, resolve, sep } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { layout, workspaceLayout, type Layout } from './layout.js';

const shown = (path: string): string => relative('root', path).split(sep).join('/');
const at: Layout = layout('root');

describe('layout', () => {
  it.each([
    [at.manifest, 'cliparity.json'],
    [at.lock, 'artifacts.lock.json'],
    [at.wrapperCoverage, 'wrapper_coverage.json'],
    [at.waivers, 'waivers.json'],
    [at.currentJson, 'current.json'],
    [at.supplement, 'supplement/commands.json'],
    [at.union('1.2.3'), 'snapshots/1.2.3/union.json'],
    [at.snapshot('1.2.3', 'linux-x64'), 'snapshots/1.2.3/linux-x64.json'],
    [at.report('1.2.3', 'any'), 'reports/1.2.3/coverage.any.json'],
    [at.version('1.2.3-rc.1'), 'versions/1.2.3-rc.1.json'],
    [at.pointer('latest_validated', 'linux-x64'), 'pointers/latest_validated/linux-x64.txt'],
    [at.ratchet('new-units'), 'ratchets/new-units.json'],
    [at.observed('ours'), 'observed/ours.ndjson'],
  ])('puts %s where the older format has it', (path, expected) => {
    expect(shown(path)).toBe(expected);
  });
  it('keeps what is never committed in one folder of the workspace', () => {
    const own = workspaceLayout('root');
    for (const path of [
      own.pages,
      own.receipts,
      own.pending,
      own.tmp,
      own.receipt('codex', 'capture'),
      own.writerLock('codex'),
    ])
      expect(shown(path).startsWith('.cliparity/')).toBe(true);
    expect(shown(own.fixtures('codex', '1.2.3'))).toBe('integration/fixtures/codex/1.2.3');
  });
  it.each(['../x', 'a/b', 'a\\b', '', '.', '..', '.hidden', 'nul', 'CON.json', 'x.', 'union', 'a\u0000b', 'a b'])(
    'refuses a target called %j',
    (name) => {
      expect(() => at.snapshot('1.2.3', name)).toThrow(expect.objectContaining({ code: 'NAME_INVALID' }));
    },
  );
  it.each(['v1.2.3', '1.2', '../1.2.3', '1.2.3/..', '1.2.3-a/../../b', 'newest'])(
    'refuses a version called %j',
    (name) => {
      expect(() => at.union(name)).toThrow(expect.objectContaining({ code: 'VERSION_INVALID' }));
    },
  );
  it('never leaves the root, whatever it is given', () => {
    const hostile = fc.oneof(
      fc.string(),
      fc.stringMatching(/^[./\\a-z0-9-]{1,12}$/),
      fc.constantFrom('1.2.3', '1.2.3-..', 'a..b'),
    );
    const make = fc.constantFrom(
      (v: string, n: string) => at.snapshot(v, n),
      (v: string, n: string) => at.report(v, n),
      (_: string, n: string) => at.pointer('latest_supported', n),
      (_: string, n: string) => at.observed(n),
      (v: string) => at.version(v),
    );
    fc.assert(
      fc.property(make, hostile, hostile, (path, version, name) => {
        let made: string;
        try {
          made = path(version, name);
        } catch {
          return;
        }
        expect(resolve(made).startsWith(resolve('root') + sep)).toBe(true);
      }),
    );
  });
});
