import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { run } from './support/command.js';
import { makeFinishedPlace } from './support/finished-place.js';
import { copyPlace, removePlaces, type Place } from './support/place.js';

jest.setTimeout(180_000);

let finished: Place;
beforeAll(async () => {
  finished = await makeFinishedPlace();
});
afterAll(removePlaces);

const FILES = [
  'cliparity.json',
  'artifacts.lock.json',
  'wrapper_coverage.json',
  'snapshots/1.0.0/union.json',
  'reports/1.0.0/coverage.any.json',
];
/** What somebody finds where a file was. */
const WAYS: readonly (readonly [string, (file: string, place: Place) => void])[] = [
  ['a folder', (file) => (rmSync(file), mkdirSync(file))],
  ['a link to itself', (file) => (rmSync(file), symlinkSync(file, file))],
  ['a link to nothing', (file) => (rmSync(file), symlinkSync('nowhere', file))],
  ['a link to a folder outside', (file, { base }) => (rmSync(file), symlinkSync(base, file))],
  ['a link to a device', (file) => (rmSync(file), symlinkSync('/dev/zero', file))],
  ['a pipe', (file) => (rmSync(file), void execFileSync('mkfifo', [file]))],
  [
    'a link to the same bytes outside',
    (file, { base }) => (renameSync(file, join(base, 'kept')), symlinkSync(join(base, 'kept'), file)),
  ],
  ['50 MB', (file) => appendFileSync(file, Buffer.alloc(50_000_000, ' '))],
];
describe('validate, where a file of a root is', () => {
  it.each(WAYS)('%s: finds it and ends well', async (name, change) => {
    const place = copyPlace(finished);
    for (const path of FILES) {
      const file = join(place.root, path);
      change(file, place);
      const ran = await run(place, ['validate', 'fake', '--json']);
      const said = JSON.parse(ran.stdout) as { findings?: { code: string; location?: { file?: string } }[] };
      // Spaces at the end of what a person writes are nobody’s business; of the wrapper’s statement they make another file to derive from.
      const isFine = name === '50 MB' && path === 'cliparity.json';
      const isElsewhere = name === '50 MB' && path === 'wrapper_coverage.json';
      expect({ path, isRight: (isFine ? [0] : [1, 2, 3]).includes(ran.exit ?? 4), stderr: ran.stderr }).toMatchObject({
        path,
        isRight: true,
      });
      if (ran.exit === 1 && !isElsewhere) expect(JSON.stringify(said.findings)).toContain(path);
      rmSync(file, { recursive: true });
      execFileSync('cp', ['-a', join(finished.root, path), file]);
    }
    expect((await run(place, ['validate', 'fake'])).exit).toBe(0);
  });
});
