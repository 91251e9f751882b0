import { describe, expect, it } from '@jest/globals';
import { missingUnitFinding, observedLine, ratchetText } from '@cliparity/coverage';
import type { LockEntry } from '@cliparity/model';
import { memoryView, type FileMap } from '../engine/memory-view.js';
import { FRESH_LOCK_DAYS, lockFreshness } from './freshness.js';
import { codexFacts, codexFiles } from './testing/codex-root.fixture.js';
import { validateRoot } from './validate-root.js';

async function found(changes: FileMap): Promise<readonly object[]> {
  const files = new Map([...codexFiles(), ...changes]);
  // A copy of the catalogue, which is about other things.
  files.delete('VALIDATOR_SPEC.md');
  const { findings } = await validateRoot(codexFacts(memoryView(files)));
  return findings.map(({ code, location }) => [
    code,
    location?.file?.replace('cli_manifests/codex/', ''),
    location?.line,
  ]);
}
const waiverOf = (unit: string) => ({
  fingerprint: missingUnitFinding(unit).fingerprint,
  reason: 'later',
  owner: 'us',
  until: '2999-01-01',
});
const waivers = (...units: string[]): FileMap =>
  new Map([['waivers.json', JSON.stringify({ schema_version: 1, waivers: units.map(waiverOf) })]]);

describe('a waiver of a unit', () => {
  it('is used as long as some version misses the unit', async () => {
    expect(await found(waivers('command:apply', 'flag:/--worktree'))).toEqual([]);
  });
  it('is unused when no version does', async () => {
    const files = waivers('command:apply', 'flag:exec/--json', 'command:never-there');
    expect(await found(files)).toEqual([
      ['WAIVER_UNUSED', 'waivers.json', undefined],
      ['WAIVER_UNUSED', 'waivers.json', undefined],
    ]);
  });
});

describe('ratchets and logs of command lines', () => {
  const [ratchet, log] = ['ratchets/coverage.json', 'observed/sdk.ndjson'];
  it('are fine as they are written', async () => {
    const files = new Map([
      [ratchet, ratchetText({ missing_args: 1 })],
      [log, observedLine(['exec', '--json'])],
    ]);
    expect(await found(files)).toEqual([]);
  });
  it.each([
    [ratchet, '{"schema_version":1,"values":{}}', 'FILE_NOT_CANONICAL', undefined],
    [ratchet, ratchetText({ missing_args: -1 }), 'FILE_SCHEMA_INVALID', undefined],
    [ratchet, 'no JSON', 'FILE_INVALID_JSON', undefined],
    [log, `${observedLine([])}no line\n`, 'OBSERVED_LINE_INVALID', 2],
  ])('%s that is broken is found', async (path, text, code, line) => {
    expect(await found(new Map([[path, text]]))).toEqual([[code, path, line]]);
  });
});

describe('lockFreshness', () => {
  const entry = (published_at?: string) => [{ semantic_version: '1.0.0', published_at } as LockEntry];
  const at = (asOf: string) => ({ file: 'lock', asOf, cli: 'codex' });
  it('waits, then asks once a day is past, and knows nothing without a time', () => {
    const start = Date.parse('2026-01-01T12:00:00Z');
    const day = (n: number): string => new Date(start + n * 86_400_000).toISOString().slice(0, 10);
    const codes = (asOf: string) => lockFreshness(entry('2026-01-01T12:00:00Z'), at(asOf)).map(({ code }) => code);
    expect(codes(day(FRESH_LOCK_DAYS))).toEqual([]);
    expect(codes(day(FRESH_LOCK_DAYS + 2))).toEqual(['LOCK_DUE']);
    expect(lockFreshness(entry(), at('2999-01-01'))).toEqual([]);
    expect(lockFreshness([], at('2999-01-01'))).toEqual([]);
  });
});
