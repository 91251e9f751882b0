import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { run } from './support/command.js';
import { copyPlace, editJson, put, removePlaces, type Place } from './support/place.js';
import { makeValidatedPlace } from './support/validated-place.js';

jest.setTimeout(180_000);

let validated: Place;
beforeAll(async () => {
  validated = await makeValidatedPlace();
});
afterAll(removePlaces);

interface Document {
  readonly findings: readonly { readonly code: string; readonly fingerprint: string }[];
  readonly [key: string]: unknown;
}
async function json(
  place: Place,
  ...words: string[]
): Promise<{ readonly exit: number | null; readonly doc: Document }> {
  const { exit, stdout } = await run(place, [...words, '--json']);
  return { exit, doc: JSON.parse(stdout) as Document };
}
async function codes(place: Place, ...words: string[]): Promise<readonly string[]> {
  const { exit, doc } = await json(place, ...words);
  const found = doc.findings.map(({ code }) => code);
  expect(exit).toBe(found.length === 0 ? 0 : 1);
  return found;
}
const read = (place: Place, path: string): string => readFileSync(join(place.root, path), 'utf8');

describe('retain', () => {
  let place: Place;
  beforeAll(() => {
    place = copyPlace(validated);
  });
  it('says what may go and why the rest stays, and removes nothing', async () => {
    const { exit, doc } = await json(place, 'retain', 'fake', '--keep', '1');
    expect([exit, doc['remove']]).toEqual([0, ['1.0.0', '1.1.0']]);
    expect(doc['keep']).toEqual([
      { version: '1.2.0', why: 'a pointer names it' },
      { version: '1.3.0', why: 'newer than the latest validated version' },
    ]);
    expect(existsSync(join(place.root, 'versions/1.0.0.json'))).toBe(true);
  });
  it('keeps three validated versions where nobody says another number', async () => {
    expect((await json(place, 'retain', 'fake')).doc['remove']).toEqual([]);
  });
  it.each([
    ['its metadata', ['versions/1.0.0.json'], []],
    ['its metadata and reports', ['versions/1.0.0.json', 'reports/1.0.0'], ['DERIVED_FILE_MISSING']],
  ])('killed after it took %s leaves what it finishes when it is run again', async (_, gone, found) => {
    const killed = copyPlace(place);
    for (const path of gone) rmSync(join(killed.root, path), { recursive: true });
    expect([...new Set(await codes(killed, 'validate', 'fake'))]).toEqual(found);
    expect((await json(killed, 'retain', 'fake', '--keep', '1', '--apply')).doc).toMatchObject({ findings: 0 });
    expect(await codes(killed, 'validate', 'fake')).toEqual([]);
  });
  it('takes nothing while nobody can tell what is needed', async () => {
    const odd = copyPlace(place);
    put(join(odd.root, 'versions/1.0.0.json'), '{');
    expect((await json(odd, 'retain', 'fake', '--keep', '1')).doc['remove']).toEqual(['1.1.0']);
    put(join(odd.root, 'min_supported.txt'), '1.0.0\n1.1.0\n');
    const { exit, stderr } = await run(odd, ['retain', 'fake', '--keep', '1', '--apply']);
    expect([exit, stderr]).toEqual([1, expect.stringContaining('POINTER_INVALID_VALUE')]);
    expect(existsSync(join(odd.root, 'versions/1.1.0.json'))).toBe(true);
  });
  it('removes, and leaves a root that is clean under strict', async () => {
    const { doc } = await json(place, 'retain', 'fake', '--keep', '2', '--apply');
    expect(doc['removed']).toEqual(['versions/1.0.0.json', 'reports/1.0.0', 'snapshots/1.0.0']);
    expect(await codes(place, 'validate', 'fake')).toEqual([]);
    expect((await json(place, 'retain', 'fake', '--keep', '2')).doc['remove']).toEqual([]);
  });
});

describe('matrix', () => {
  it('is written, holds, and is named when a root moves on', async () => {
    const place = copyPlace(validated);
    expect(await codes(place, 'matrix', '--check')).toEqual(['DERIVED_FILE_MISSING', 'DERIVED_FILE_MISSING']);
    expect((await run(place, ['matrix'])).exit).toBe(0);
    expect(await codes(place, 'matrix', '--check')).toEqual([]);
    expect(await codes(place, 'validate')).toEqual([]);
    rmSync(join(place.root, '../support_matrix/current.json'));
    expect(await codes(place, 'validate')).toEqual(['DERIVED_FILE_MISSING']);
    // What only looks like a version is no row, and stops nothing.
    put(join(place.root, 'versions/1.2.3x.json'), read(place, 'versions/1.2.0.json'));
    expect((await run(place, ['matrix'])).exit).toBe(0);
    rmSync(join(place.root, 'versions/1.2.3x.json'));
    expect(await codes(place, 'validate')).toEqual([]);
    await run(place, ['retain', 'fake', '--keep', '1', '--apply']);
    expect(await codes(place, 'matrix', '--check')).toEqual(['DERIVED_FILE_DIFFERS', 'DERIVED_FILE_DIFFERS']);
    expect(await codes(place, 'validate')).toEqual(['DERIVED_FILE_DIFFERS', 'DERIVED_FILE_DIFFERS']);
    const out = join(place.base, 'matrix');
    expect((await run(place, ['matrix', '--out', out])).exit).toBe(0);
    expect(readFileSync(join(out, 'current.md'), 'utf8')).toContain('| 1.2.0 |');
  });
});

describe('coverage of what is new', () => {
  it('is told by report and status against the last validated version, and that there is none', async () => {
    const units = (doc: Document) => doc['new_units'] as { kind: string; baseline?: string; units?: object[] };
    const newest = units((await json(validated, 'report', 'fake', '1.3.0')).doc);
    expect(newest).toMatchObject({ kind: 'compared', baseline: '1.2.0' });
    expect(newest.units).toEqual([expect.objectContaining({ unit: 'flag:run/--new-3', answer: 'missing' })]);
    const wrapped = units((await json(validated, 'report', 'fake', '1.1.0')).doc);
    expect(wrapped.units).toEqual([expect.objectContaining({ unit: 'flag:run/--new-1', answer: 'wrapped' })]);
    expect(units((await json(validated, 'report', 'fake', '1.0.0')).doc)).toEqual({ kind: 'no_baseline' });
    const { roots } = (await json(validated, 'status', 'fake')).doc as unknown as { roots: [{ new_units: object }] };
    expect(roots[0].new_units).toEqual(newest);
  });
});

describe('waivers', () => {
  const said = ['--reason', 'not needed', '--owner', 'ana', '--until', '2999-12-31'];
  it('of a unit: counted, used, due after their day', async () => {
    const place = copyPlace(validated);
    expect((await run(place, ['coverage', 'waive', 'fake', 'flag:run/--new-3', ...said])).exit).toBe(0);
    const again = ['coverage', 'waive', 'fake', 'run --dry-run', 'command:list', ...said];
    expect((await run(place, again)).exit).toBe(0);
    const before = read(place, 'waivers.json');
    expect((await run(place, again)).exit).toBe(0);
    expect(read(place, 'waivers.json')).toBe(before);
    const { doc } = await json(place, 'report', 'fake', '1.3.0');
    expect(doc['waived_missing']).toBe(3);
    expect(doc['new_units']).toMatchObject({ units: [{ answer: 'waived', note: 'not needed' }] });
    expect(await codes(place, 'validate', 'fake')).toEqual([]);
    expect(await codes(place, 'due', 'fake', '--as-of', '2999-12-31')).not.toContain('WAIVER_EXPIRED');
    const later = await codes(place, 'due', 'fake', '--as-of', '3000-01-01');
    expect(later.filter((code) => code === 'WAIVER_EXPIRED')).toHaveLength(3);
    editJson<{ coverage: object[] }>(join(place.root, 'wrapper_coverage.json'), ({ coverage }) =>
      coverage.push({ path: ['list'], level: 'explicit' }),
    );
    await run(place, ['rebuild', 'fake']);
    expect(await codes(place, 'validate', 'fake')).toContain('WAIVER_UNUSED');
  });
  it('of a finding: by its fingerprint, as long as there is one', async () => {
    const place = copyPlace(validated);
    put(join(place.root, 'stray.txt'), 'nobody’s\n');
    const { doc } = await json(place, 'validate', 'fake');
    const [stray] = doc.findings;
    expect(stray?.code).toBe('FILE_UNEXPECTED');
    expect((await run(place, ['coverage', 'waive', 'fake', stray?.fingerprint ?? '', ...said])).exit).toBe(0);
    expect(await codes(place, 'validate', 'fake')).toEqual([]);
    const { exit, stderr } = await run(place, ['coverage', 'waive', 'fake', '0123456789abcdef', ...said]);
    expect([exit, stderr]).toEqual([2, expect.stringContaining('FINDING_UNKNOWN')]);
  });
  it.each([
    [['run --dry-rum', ...said], 'UNIT_NOT_MISSING', 'Did you mean "run --dry-run"?'],
    [['command:list', ...said.slice(0, 4)], 'OPTION_MISSING', '--until'],
    [['command:list', ...said.slice(0, 5), '2020-01-01'], 'WAIVER_INCOMPLETE', 'still to come'],
    [['command:list', ...said.slice(0, 5), '2027-02-30'], 'DAY_INVALID', 'YYYY-MM-DD'],
    [said, 'WAIVER_INCOMPLETE', 'a unit'],
  ])('are refused: %j', async (words, code, hint) => {
    const { exit, stderr } = await run(validated, ['coverage', 'waive', 'fake', ...words]);
    expect([exit, stderr]).toEqual([2, expect.stringContaining(code)]);
    expect(stderr).toContain(hint);
  });
});

describe('the ratchet', () => {
  it('starts and tightens here, must match in CI, and never loosens', async () => {
    const place = copyPlace(validated);
    const words = ['report', 'fake', '1.3.0', '--ratchet'];
    const inCi = { env: { CI: 'true' } };
    expect((await run(place, words, inCi)).exit).toBe(1);
    expect(existsSync(join(place.root, 'ratchets/coverage.json'))).toBe(false);
    expect((await run(place, words)).exit).toBe(0);
    expect((await run(place, words, inCi)).exit).toBe(0);
    expect(await codes(place, 'validate', 'fake')).toEqual([]);
    editJson<{ values: Record<string, number> }>(join(place.root, 'ratchets/coverage.json'), ({ values }) => {
      values['missing_commands'] = 0;
    });
    const { exit, stdout } = await run(place, words);
    expect([exit, stdout]).toEqual([1, expect.stringContaining('RATCHET_LOOSENED')]);
    expect(await codes(place, ...words, '--check')).toEqual(['RATCHET_LOOSENED']);
  });
});
