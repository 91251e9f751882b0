import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { HOUSE } from './support/clone.js';
import { run } from './support/command.js';
import { makePlace, newFolder, removePlaces, type Place } from './support/place.js';

jest.setTimeout(180_000);

const DATA = join(process.env['CLIPARITY_REFERENCE'] ?? join(HOUSE, '../shared/reference/data'), 'unified-agent-api');
const withData = existsSync(DATA) ? describe : describe.skip;

interface Document {
  readonly findings: readonly { readonly code: string }[];
  readonly [key: string]: unknown;
}

withData('a copy of an older root (skipped without the reference data)', () => {
  let place: Place;
  let manifests: string;
  const cliparity = async (...words: string[]) => {
    const { exit, stdout } = await run(place, ['--manifests', manifests, ...words, '--json']);
    return { exit, doc: JSON.parse(stdout) as Document };
  };
  const isClean = async () => (await cliparity('validate', 'codex', '--profile', 'parity')).exit === 0;

  beforeAll(() => {
    place = makePlace();
    manifests = join(newFolder(), 'manifests');
    cpSync(DATA, manifests, { recursive: true });
  });
  afterAll(removePlaces);

  it('has a matrix in the older format, which is compared', async () => {
    expect((await cliparity('matrix', '--check')).doc.findings).toMatchObject([{ code: 'DERIVED_FILE_MISSING' }]);
    expect((await cliparity('matrix')).doc).toMatchObject({ format: 1, rows: 12 });
    expect((await cliparity('matrix', '--check')).exit).toBe(0);
    const file = join(manifests, 'support_matrix/current.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"partial"', '"supported"'));
    expect((await cliparity('matrix', '--check')).doc.findings).toMatchObject([{ code: 'DERIVED_FILE_DIFFERS' }]);
  });
  it('is no row of a matrix while it cannot be read', async () => {
    const file = join(manifests, 'codex/current.json');
    const before = readFileSync(file);
    writeFileSync(file, '{');
    const { exit, doc } = await cliparity('matrix');
    writeFileSync(file, before);
    expect([exit, JSON.stringify(doc)]).toEqual([1, expect.stringContaining('MATRIX_ROOT_UNREADABLE')]);
  });
  it('is mended as its own tools do, and not further', async () => {
    const file = join(manifests, 'codex/min_supported.txt');
    const before = readFileSync(file, 'utf8');
    writeFileSync(file, `${before.trim()}\r\n`);
    expect(await isClean()).toBe(false);
    const { exit, doc } = await cliparity('validate', 'codex', '--profile', 'parity', '--fix');
    expect([exit, readFileSync(file, 'utf8')]).toEqual([0, before]);
    expect(doc['mended']).toEqual([expect.stringMatching(/codex\/min_supported\.txt$/)]);
  });
  it('is derived again as its own tools would: what was stale is not any more', async () => {
    const codes = async (...words: string[]) => (await cliparity(...words)).doc.findings.map(({ code }) => code);
    const [union, report] = ['snapshots/0.125.0/union.json', 'reports/0.125.0/coverage.any.json'].map((path) =>
      join(manifests, 'codex', path),
    ) as [string, string];
    const [unionText, reportText] = [readFileSync(union, 'utf8'), readFileSync(report, 'utf8')];
    writeFileSync(union, unionText.replace('"codex exec ', '"codex exac '));
    writeFileSync(report, reportText.replace('"missing_args": []', '"missing_args": [{"path": [], "name": "X"}]'));
    expect(await codes('rebuild', 'codex', '--check')).toContain('DERIVED_FILE_DIFFERS');
    expect((await cliparity('union', 'codex', 'latest_validated')).exit).toBe(0);
    expect((await cliparity('report', 'codex', 'newest', '--exit-code')).doc).toMatchObject({ missing: 0 });
    expect([readFileSync(union, 'utf8'), readFileSync(report, 'utf8')]).toEqual([unionText, reportText]);
    expect((await cliparity('rebuild', '--all')).doc['changed']).toHaveLength(4);
    expect((await cliparity('rebuild', 'codex')).doc['changed']).toEqual([]);
    const left = await codes('validate', 'codex');
    expect(left).toEqual(['EXPECTED_TARGETS_DIFFER', 'EXPECTED_TARGETS_DIFFER']);
  });
  it('is derived again where the committed file is broken', async () => {
    const report = join(manifests, 'codex/reports/0.92.0/coverage.any.json');
    const before = readFileSync(report, 'utf8');
    writeFileSync(report, `x${before}`);
    const { doc } = await cliparity('validate', 'codex');
    expect(doc.findings.filter(({ code }) => code !== 'EXPECTED_TARGETS_DIFFER')).toMatchObject([
      { code: 'REPORT_INVALID_JSON' },
    ]);
    expect((await cliparity('report', 'codex', '0.92.0')).exit).toBe(0);
    expect(readFileSync(report, 'utf8')).toContain('"schema_version": 1');
    expect((await cliparity('report', 'codex', '0.92.0', '--check')).exit).toBe(0);
  });
  it.each(['9.9.9', '../../codex/snapshots/0.92.0'])('is asked for versions that it has, not %s', async (version) => {
    const { exit, doc } = await cliparity('union', 'codex', version, '--check');
    expect([exit, JSON.stringify(doc)]).toEqual([2, expect.stringContaining('OLDER_VERSION_UNKNOWN')]);
  });
  it('keeps what its own rules keep, and validates when the rest is gone', async () => {
    expect((await cliparity('retain', 'codex')).doc['remove']).toEqual([]);
    writeFileSync(join(manifests, 'codex/min_supported.txt'), '0.125.0\n');
    const { doc } = await cliparity('retain', 'codex', '--keep', '1', '--apply');
    expect(doc).toMatchObject({ remove: ['0.61.0', '0.92.0'], findings: 0 });
    expect(await isClean()).toBe(true);
  });
  it('has nothing that a day makes due', async () => {
    expect((await cliparity('due', 'codex', '--as-of', '2999-01-01')).exit).toBe(0);
  });
  it.each([
    ['coverage', 'waive', 'codex', 'x', '--reason', 'r', '--owner', 'o', '--until', '2999-01-01'],
    ['coverage', 'derive', 'codex', '--from', 'log'],
    ['report', 'codex', '0.125.0', '--ratchet'],
    ['report', 'codex', '0.125.0', '--chain'],
  ])('says which commands do not work on it: %s %s', async (...words) => {
    const { exit, doc } = await cliparity(...words);
    expect([exit, JSON.stringify(doc)]).toEqual([2, expect.stringContaining('ROOT_OLDER')]);
  });
});
