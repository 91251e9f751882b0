import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Finding } from '@cliparity/model';
import { run } from './support/command.js';
import { makeFinishedPlace } from './support/finished-place.js';
import { copyPlace, editJson, put, removePlaces, type Place } from './support/place.js';

jest.setTimeout(180_000);

let finished: Place;
beforeAll(async () => {
  finished = await makeFinishedPlace();
});
afterAll(removePlaces);

async function found(place: Place, ...words: string[]) {
  const { exit, stdout } = await run(place, ['validate', 'fake', '--json', ...words]);
  const { findings = [] } = JSON.parse(stdout) as { readonly findings?: readonly Finding[] };
  return { exit, findings };
}
const FILE = 'cli_manifests/fake/cliparity.json';

interface Manifest {
  binary?: string;
  sources: { use: string; settings: Record<string, unknown> }[];
  targets: { required: string; expected: string[] };
}

describe('what governs a root', () => {
  it.each<[string, string, object, (manifest: Manifest) => void]>([
    [
      'a setting no source knows',
      'SOURCE_SETTINGS_INVALID',
      { file: FILE },
      (m) => (m.sources[0]!.settings['pth'] = 1),
    ],
    ['a source nobody has', 'SOURCE_UNKNOWN', { file: FILE }, (m) => (m.sources[0]!.use = 'locl')],
    ['a target nobody has', 'TARGET_UNKNOWN', { file: FILE }, (m) => m.targets.expected.push('linux-x65')],
    ['a key that is missing', 'FILE_SCHEMA_INVALID', { file: FILE, pointer: '/binary' }, (m) => delete m.binary],
  ])('is judged with it: %s', async (_, code, location, edit) => {
    const place = copyPlace(finished);
    editJson(join(place.root, 'cliparity.json'), edit);
    const { exit, findings } = await found(place);
    expect(exit).toBe(1);
    expect(findings).toMatchObject([{ code, location }]);
    expect(findings[0]?.message).not.toContain(place.base);
  });
  it('is named with its line when it is no JSON, and when it is gone', async () => {
    const place = copyPlace(finished);
    expect((await run(place, ['validate', 'fake', '--fix'])).exit).toBe(0);
    put(join(place.root, 'cliparity.json'), '{\n');
    expect((await found(place)).findings).toMatchObject([
      { code: 'FILE_INVALID_JSON', location: { file: FILE, line: 2 } },
    ]);
    rmSync(join(place.root, 'cliparity.json'));
    // The copy beside it makes this no older root.
    expect((await found(place)).findings).toMatchObject([{ code: 'FILE_MISSING', location: { file: FILE } }]);
  });
});

describe('a name that no root can have', () => {
  it('is no finding', async () => {
    const { exit, stderr } = await run(finished, ['validate', 'a/../fake']);
    expect([exit, stderr]).toEqual([2, expect.stringContaining('NAME_INVALID')]);
  });
});

describe('a lock', () => {
  it('may not pin targets that are not expected any more', async () => {
    const place = copyPlace(finished);
    editJson(join(place.root, 'cliparity.json'), ({ targets }: Manifest) => targets.expected.splice(1));
    const { exit, stdout } = await run(place, ['lock', 'fake', '1.0.0', '--check', '--json']);
    expect([exit, stdout]).toEqual([1, expect.stringContaining('LOCK_TARGET_STRAY')]);
  });
});

describe('severities', () => {
  it('are those of the configuration, for the codes that there are', async () => {
    const place = copyPlace(finished);
    put(join(place.root, 'stray.txt'), 'nobody’s\n');
    put(join(place.workspace, 'cliparity.config.json'), { severities: { FILE_UNEXPECTED: 'warning' } });
    expect((await found(place)).findings).toMatchObject([{ code: 'FILE_UNEXPECTED', severity: 'warning' }]);
    expect((await run(place, ['validate', 'fake'])).stdout).toContain('FILE_UNEXPECTED (warning)');
    expect(await found(place, '--set', 'severities.FILE_UNEXPECTED=off')).toEqual({ exit: 0, findings: [] });
    const { exit, stderr } = await run(place, ['validate', 'fake', '--set', 'severities.FILE_UNEXPECTD=off']);
    expect([exit, stderr]).toEqual([2, expect.stringContaining('Did you mean "FILE_UNEXPECTED"?')]);
  });
});
