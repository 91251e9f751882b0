import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { mustRun, run } from './support/command.js';
import { HOST_TARGET, makeUpstream, OTHER_TARGET, publish } from './support/fake-upstream.js';
import { copyPlace, editJson, put, removePlaces, type Place } from './support/place.js';
import { documentOf, expectRefusal, refuses, toldBy } from './support/refusals.js';
import { committed } from './support/traces.js';
import { makeVerifyPlaces, METADATA, metadataOf, PROMOTE, VERIFY, type Metadata } from './support/verify-place.js';

jest.setTimeout(180_000);

let verified: Place;
beforeAll(async () => {
  ({ verified } = await makeVerifyPlaces());
});
afterAll(removePlaces);

describe('a record that somebody edited', () => {
  const passed = (at: Place): void =>
    editJson<Metadata>(join(at.root, METADATA), ({ validation }) => {
      validation.passed_targets.push(OTHER_TARGET);
      validation.skipped_targets = [];
      Object.assign(validation.runs[1] as object, { outcome: 'passed', exit_code: 0 });
    });
  const edited = { arrange: passed, exit: 1, code: 'VERSION_RECORD_EDITED', names: [METADATA] } as const;
  refuses(
    () => verified,
    [
      { ...edited, what: 'is not verified on', args: VERIFY },
      { ...edited, what: 'is not promoted', args: PROMOTE },
      { ...edited, what: 'is not derived anew', args: ['rebuild', 'fake'] },
      { ...edited, what: 'is found by validate', args: ['validate', 'fake'], code: 'DERIVED_FILE_DIFFERS' },
    ],
  );
});

describe('promote', () => {
  const pointer = `pointers/latest_validated/${HOST_TARGET}.txt`;
  it('says what it would do, does it, and does nothing twice', async () => {
    const place = copyPlace(verified);
    const dry = documentOf(await mustRun(place, [...PROMOTE, '--dry-run', '--json']));
    expect(dry).toMatchObject({ kind: 'promoted', dry_run: true, stays: [{ target: OTHER_TARGET }] });
    expect(committed(place)).toEqual(committed(verified));
    expect(toldBy(await run(place, [...PROMOTE, '--check', '--json'])).map(({ code }) => code)).toContain(
      'DERIVED_FILE_MISSING',
    );
    await mustRun(place, PROMOTE);
    const files = committed(place);
    expect([files[pointer], files['latest_validated.txt'], files['min_supported.txt']]).toEqual(
      Array(3).fill('1.0.0\n'),
    );
    expect(files['current.json']).toBe(files['snapshots/1.0.0/union.json']);
    expect((await run(place, ['validate', 'fake'])).exit).toBe(0);
    expect((await run(place, [...PROMOTE, '--check'])).exit).toBe(0);
    expect(documentOf(await mustRun(place, [...PROMOTE, '--json']))).toMatchObject({ files: [], moves: [] });
    expect((await mustRun(place, ['status'])).stdout).toContain('validated 1.0.0');
    expect((await run(place, ['verify', 'fake', 'latest_validated', '--check'])).exit).toBe(0);
  });

  it('goes forward only, and the metadata of a version follows its inputs', async () => {
    const place = copyPlace(verified);
    const program = (await makeUpstream(join(place.base, 'newer'), { version: 'fake 1.1.0\n' })).path;
    publish(place.upstream, program, '1.1.0');
    await mustRun(place, ['lock', 'fake', '1.1.0']);
    await mustRun(place, ['report', 'fake', '1.1.0', '--chain']);
    await mustRun(place, ['verify', 'fake', '1.1.0']);
    await mustRun(place, ['promote', 'fake', 'newest']);
    expectRefusal(await run(place, [...PROMOTE, '--json']), { exit: 1, code: 'PROMOTION_BACKWARDS', names: ['1.1.0'] });
    editJson<{ coverage: object[] }>(join(place.root, 'wrapper_coverage.json'), ({ coverage }) =>
      coverage.push({ path: ['run'], level: 'explicit' }),
    );
    expect((await run(place, ['validate', 'fake'])).exit).toBe(1);
    await mustRun(place, ['rebuild', 'fake']);
    expect((await run(place, ['validate', 'fake'])).exit).toBe(0);
    expect(metadataOf(place).status).toBe('validated');
  });

  it('is refused, with what is missing, where coverage counts too', async () => {
    const place = copyPlace(verified);
    const strict = (manifest: { promotion: object }): void => void (manifest.promotion = { mode: 'linux_first_v1' });
    editJson(join(place.root, 'cliparity.json'), strict);
    expect((await run(place, [...VERIFY, '--check', '--json'])).exit).toBe(1);
    expect((await run(place, [...VERIFY, '--downgrade', 'coverage counts now'])).stdout).toContain(
      `cannot become validated: the wrapper does not handle everything on ${HOST_TARGET}`,
    );
    const ran = await run(place, [...PROMOTE, '--json']);
    expectRefusal(ran, { exit: 1, code: 'GATE_NOT_MET', names: ['does not handle everything'] });
  });

  it('refuses pointers that it cannot read', async () => {
    const place = copyPlace(verified);
    put(join(place.root, 'latest_validated.txt'), 'v9\n');
    const ran = await run(place, [...PROMOTE, '--json']);
    expectRefusal(ran, { exit: 1, code: 'POINTER_INVALID_VALUE', names: ['latest_validated.txt'] });
  });
});
