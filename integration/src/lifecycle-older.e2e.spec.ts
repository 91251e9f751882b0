import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HOUSE } from './support/clone.js';
import { run } from './support/command.js';
import { makePlace, newFolder, removePlaces, type Place } from './support/place.js';

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
  it('is mended as its own tools do, and not further', async () => {
    const file = join(manifests, 'codex/min_supported.txt');
    const before = readFileSync(file, 'utf8');
    writeFileSync(file, `${before.trim()}\r\n`);
    expect(await isClean()).toBe(false);
    const { exit, doc } = await cliparity('validate', 'codex', '--profile', 'parity', '--fix');
    expect([exit, readFileSync(file, 'utf8')]).toEqual([0, before]);
    expect(doc['mended']).toEqual([expect.stringMatching(/codex\/min_supported\.txt$/)]);
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
  ])('says that it is only read: %s %s', async (...words) => {
    const { exit, doc } = await cliparity(...words);
    expect([exit, JSON.stringify(doc)]).toEqual([2, expect.stringContaining('ROOT_OLDER')]);
  });
});
