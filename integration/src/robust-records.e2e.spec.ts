import { closeSync, openSync, readFileSync, rmSync, statSync, utimesSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { mustRun, run } from './support/command.js';
import { makeFinishedPlace } from './support/finished-place.js';
import { copyPlace, removePlaces, type Place } from './support/place.js';

jest.setTimeout(180_000);

const recordOf = (place: Place): string => join(place.workspace, '.cliparity/validated/fake.json');
const recorded = (place: Place): readonly string[] =>
  Object.keys((JSON.parse(readFileSync(recordOf(place), 'utf8')) as { versions: object }).versions);

let finished: Place;

beforeAll(async () => {
  finished = await makeFinishedPlace();
});
afterAll(removePlaces);

/** Until the files are old enough for their times to tell their states apart. */
async function validateUntilRecorded(place: Place): Promise<void> {
  do await mustRun(place, ['validate', 'fake']);
  while (recorded(place).length === 0);
}

/** Another byte in the same place, and the time of the file set back. */
function changeInPlace(path: string, from: string, to: string): void {
  const at = readFileSync(path, 'utf8').indexOf(from);
  const { atime, mtime } = statSync(path);
  const file = openSync(path, 'r+');
  writeSync(file, to, at);
  closeSync(file);
  utimesSync(path, atime, mtime);
}

describe('validate, when it knows a version as clean', () => {
  it('notices a file that is changed in place, with its size and its time as before', async () => {
    const place = copyPlace(finished);
    await validateUntilRecorded(place);
    for (const file of ['snapshots/1.0.0/union.json', 'reports/1.0.0/coverage.any.json']) {
      changeInPlace(join(place.root, file), '1.0.0', '1.0.1');
      const ran = await run(place, ['validate', 'fake', '--json']);
      expect([ran.exit, ran.stdout]).toEqual([1, expect.stringContaining(file)]);
      expect(recorded(place)).toEqual([]);
      changeInPlace(join(place.root, file), '1.0.1', '1.0.0');
      await validateUntilRecorded(place);
    }
  });
  it('notices a file that goes, one that comes, and a statement of the wrapper that changes', async () => {
    const place = copyPlace(finished);
    await validateUntilRecorded(place);
    changeInPlace(join(place.root, 'wrapper_coverage.json'), '"explicit"', '"unknown" ');
    expect((await run(place, ['validate', 'fake'])).exit).toBe(1);
    changeInPlace(join(place.root, 'wrapper_coverage.json'), '"unknown" ', '"explicit"');
    await validateUntilRecorded(place);
    rmSync(join(place.root, 'reports/1.0.0/coverage.any.json'));
    expect((await run(place, ['validate', 'fake'])).stdout).toContain('DERIVED_FILE_MISSING');
  });
  it('names the build that a record is of, and needs none', async () => {
    const place = copyPlace(finished);
    await validateUntilRecorded(place);
    const record = JSON.parse(readFileSync(recordOf(place), 'utf8')) as { code_sha256: string };
    expect(record.code_sha256).toMatch(/^[0-9a-f]{64}$/);
    rmSync(join(place.workspace, '.cliparity'), { recursive: true });
    await mustRun(place, ['validate', 'fake']);
  });
});
