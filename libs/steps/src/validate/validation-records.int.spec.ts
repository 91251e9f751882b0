import { lstatSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { openValidationRecords, programDigest, type OpenRecords, type RecordOptions } from './validation-records.js';

const workspace = mkdtempSync(join(tmpdir(), 'cliparity-records-'));
afterAll(() => rmSync(workspace, { recursive: true, force: true }));
const root = { name: 'fake', path: join(workspace, 'fake'), workspace };
const path = (name: string): string => join(root.path, name);
/** As seen by a run that begins in an hour: no test waits for a clock. */
const startedAt = BigInt(Date.now() + 3_600_000) * 1_000_000n;
async function open(options: RecordOptions = { code: 'code', startedAt }): Promise<OpenRecords> {
  const records = await openValidationRecords(root, options);
  if (records === undefined) throw new Error('there are no records');
  return records;
}

describe('validation records', () => {
  it('know what the last run of the same program noted, and nothing else', async () => {
    const first = await open();
    expect([...first.known]).toEqual([]);
    first.note('1.0.0', 'a');
    await first.save();
    expect([...(await open()).known]).toEqual([['1.0.0', 'a']]);
    expect([...(await open({ code: 'another' })).known]).toEqual([]);
    expect([...(await open()).known]).toEqual([]);
  });
  it('are none where the program has no files of its own, and a damaged one is none', async () => {
    expect(await openValidationRecords(root)).toBeUndefined();
    expect(programDigest('/somewhere/records.ts')).toBeUndefined();
    writeFileSync(join(workspace, '.cliparity/validated/fake.json'), '{');
    expect([...(await open()).known]).toEqual([]);
  });
  it('are none where they cannot be kept', async () => {
    const blocked = join(workspace, 'blocked');
    mkdirSync(blocked);
    writeFileSync(join(blocked, '.cliparity'), '');
    expect(await openValidationRecords({ ...root, workspace: blocked }, { code: 'code' })).toBeUndefined();
  });
  it('digest every file of the program', () => {
    const program = join(workspace, 'program');
    mkdirSync(program);
    writeFileSync(join(program, 'main.js'), '1');
    const before = programDigest(join(program, 'main.js'));
    writeFileSync(join(program, 'part.js'), '2');
    const after = programDigest(join(program, 'main.js'));
    expect(before).toMatch(/^[0-9a-f]{64}$/);
    expect(after).not.toBe(before);
  });
});

describe('the stamp of a file', () => {
  const stampOf = async (name: string) => (await open()).stampOf(name);
  const ctimeOf = (name: string): bigint => lstatSync(path(name), { bigint: true }).ctimeNs;
  it('changes when a file is changed in place, its size kept and its time set back', async () => {
    mkdirSync(root.path, { recursive: true });
    writeFileSync(path('a.json'), 'old');
    utimesSync(path('a.json'), 1_700_000_000, 1_700_000_000);
    const before = await stampOf('a.json');
    expect(before).toBeDefined();
    expect(await stampOf('a.json')).toBe(before);
    // Until the file system’s clock has moved on.
    do writeFileSync(path('probe'), '');
    while (ctimeOf('probe') === ctimeOf('a.json'));
    writeFileSync(path('a.json'), 'new');
    utimesSync(path('a.json'), 1_700_000_000, 1_700_000_000);
    expect(await stampOf('a.json')).not.toBe(before);
  });
  it('is none for what is no plain file, and for one that changed a moment ago', async () => {
    symlinkSync(path('a.json'), path('link.json'));
    mkdirSync(path('folder'));
    expect([await stampOf('link.json'), await stampOf('folder'), await stampOf('gone')]).toEqual(
      Array(3).fill(undefined),
    );
    const records = await open({ code: 'code' });
    writeFileSync(path('fresh.json'), '');
    expect(records.stampOf('fresh.json')).toBeUndefined();
  });
});
