import { rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { mustRun, run, start } from './support/command.js';
import { HOST_TARGET, makeUpstream, OTHER_TARGET, publish } from './support/fake-upstream.js';
import { copyPlace, emptyStore, put, removePlaces, type Place } from './support/place.js';
import { documentOf, expectRefusal, refuses, toldBy } from './support/refusals.js';
import { committed, leftovers } from './support/traces.js';
import {
  logsOf,
  makeVerifyPlaces,
  METADATA,
  metadataOf,
  pidsOf,
  PROMOTE,
  setTestCommand,
  survivorsOf,
  TEST_COMMAND,
  VERIFY,
} from './support/verify-place.js';

jest.setTimeout(180_000);

let reported: Place;
let verified: Place;
beforeAll(async () => {
  ({ reported, verified } = await makeVerifyPlaces());
});
afterAll(removePlaces);

describe('verify', () => {
  it('records the outcome on every target and keeps the log', () => {
    expect(metadataOf(verified)).toMatchObject({
      status: 'validated',
      validation: {
        passed_targets: [HOST_TARGET],
        failed_targets: [],
        skipped_targets: [OTHER_TARGET],
        runs: [
          { outcome: 'passed', exit_code: 0, command: TEST_COMMAND },
          { outcome: 'skipped', reason: 'needs a windows x86_64 machine' },
        ],
      },
    });
    const [log] = logsOf(verified);
    expect(log).toContain(`fake 1.0.0 1.0.0 ${HOST_TARGET}`);
    expect(log).toMatch(new RegExp(`at home in \\$HOME 1\\.0\\.0 ${HOST_TARGET} \\{other\\}`));
    expect(leftovers(verified)).toEqual([]);
  });

  it('changes no byte when nothing changed, though the tests print something else each time', async () => {
    const place = copyPlace(verified);
    const ran = await mustRun(place, [...VERIFY, '--json']);
    expect(documentOf(ran)).toMatchObject({ kind: 'verified', status: 'validated', changed: [] });
    expect(committed(place)).toEqual(committed(verified));
    expect(logsOf(place)).toHaveLength(1);
    expect((await run(place, [...VERIFY, '--check'])).exit).toBe(0);
    expect((await run(place, ['validate', 'fake'])).exit).toBe(0);
  });

  it('says which tests failed and where the log is; nothing that was validated falls in silence', async () => {
    const place = copyPlace(verified);
    put(join(place.workspace, 'end.txt'), '7');
    const ran = await run(place, [...VERIFY, '--json']);
    expectRefusal(ran, { exit: 1, code: 'WRAPPER_TESTS_FAILED', names: ['exit 7', '.log', 'fake-wrapper'] });
    expect(toldBy(ran).map(({ code }) => code)).toEqual(['WRAPPER_TESTS_FAILED', 'GATE_NOT_MET']);
    expect(committed(place)).toEqual(committed(verified));
    expect((await run(place, [...VERIFY, '--downgrade', 'it broke'])).exit).toBe(1);
    expect(metadataOf(place)).toMatchObject({ status: 'reported', notes: 'it broke' });
    expect(metadataOf(place).validation.failed_targets).toEqual([HOST_TARGET]);
    expect((await run(place, ['validate', 'fake'])).exit).toBe(0);
    rmSync(join(place.workspace, 'end.txt'));
    await mustRun(place, VERIFY);
    expect(metadataOf(place)).not.toHaveProperty('notes');
  });

  it('forgets what was tested with another binary than the one that is locked now', async () => {
    const place = copyPlace(verified);
    expect(metadataOf(place).validation.runs).toHaveLength(2);
    const other = await makeUpstream(join(place.base, 'other'));
    publish(place.upstream, other.path);
    await mustRun(place, ['lock', 'fake', '1.0.0', '--force']);
    expectRefusal(await run(place, [...VERIFY, '--json']), {
      exit: 1,
      code: 'SNAPSHOT_NOT_OF_LOCK',
      names: ['cliparity report fake 1.0.0 --chain'],
    });
    await mustRun(place, ['report', 'fake', '1.0.0', '--chain']);
    const check = await run(place, [...VERIFY, '--check', '--json']);
    expectRefusal(check, { exit: 1, code: 'GATE_NOT_MET', names: [`no test has passed on ${HOST_TARGET}`] });
    await mustRun(place, VERIFY);
    expect((await run(place, ['validate', 'fake'])).exit).toBe(0);
  });

  it('ends tests that hang, with all that they started', async () => {
    const place = copyPlace(reported);
    put(join(place.workspace, 'hang.txt'), '');
    // Long enough for the tests to have started, on a busy machine, what is to be ended.
    const ran = await run(place, [...VERIFY, '--timeout', '10', '--json']);
    expectRefusal(ran, { exit: 1, code: 'WRAPPER_TESTS_FAILED', names: ['took longer than 10 s'] });
    expect(metadataOf(place)).toMatchObject({ status: 'reported', validation: { failed_targets: [HOST_TARGET] } });
    expect(pidsOf(place)).toHaveLength(2);
    expect(await survivorsOf(place)).toEqual([]);
    expect(leftovers(place)).toEqual([]);
  });

  it('writes nothing when it is stopped', async () => {
    const place = copyPlace(reported);
    put(join(place.workspace, 'hang.txt'), '');
    const { child, ended } = start(place, VERIFY);
    while (pidsOf(place).length === 0) await pause(50);
    child.kill('SIGINT');
    expect((await ended).exit).toBe(130);
    expect(await survivorsOf(place)).toEqual([]);
    expect(committed(place)).toEqual(committed(reported));
    expect(leftovers(place)).toEqual([]);
  });

  it('keeps secrets out of log, metadata and output, by value', async () => {
    const place = copyPlace(reported);
    const secret = 'planted-73f1c9-value';
    const words = ['--', 'env', `T=${secret}`, 'node', '-e', 'console.log(process.env.T); process.exitCode = 3'];
    const ran = await run(place, [...VERIFY, '--json', ...words], { env: { PLANTED_TOKEN: secret } });
    expect(ran.exit).toBe(1);
    const kept = JSON.stringify([ran.stdout, ran.stderr, logsOf(place), committed(place)]);
    expect(kept).not.toContain(secret);
    expect(logsOf(place)[0]).toContain('T=***');
  });

  refuses(
    () => reported,
    [
      {
        what: 'no test command',
        arrange: (at) => setTestCommand(at, undefined),
        args: VERIFY,
        exit: 2,
        code: 'TEST_COMMAND_MISSING',
        names: ['wrapper.test', 'cliparity.json'],
      },
      {
        what: 'a command that is not there',
        arrange: (at) => setTestCommand(at, ['no-such-program']),
        args: VERIFY,
        exit: 3,
        code: 'TEST_COMMAND_NOT_STARTED',
        names: ['no-such-program'],
      },
      {
        what: 'a target nobody expects',
        args: [...VERIFY, '--target', 'sparc'],
        exit: 2,
        code: 'TARGET_NOT_EXPECTED',
        names: ['sparc', HOST_TARGET],
      },
      {
        what: 'a binary that is neither in the store nor to be had',
        arrange: (at) => {
          emptyStore(at);
          rmSync(at.upstream, { recursive: true });
        },
        args: VERIFY,
        exit: 3,
        code: 'LOCAL_ASSET_MISSING',
        names: ['1.0.0'],
      },
      {
        what: 'reports that are not up to date',
        arrange: (at) => rmSync(join(at.root, 'reports'), { recursive: true }),
        args: VERIFY,
        exit: 1,
        code: 'DERIVED_FILE_MISSING',
        names: ['coverage.any.json', 'cliparity report fake 1.0.0 --chain'],
      },
      {
        what: 'metadata to compare with when there is none',
        args: [...VERIFY, '--check'],
        exit: 1,
        code: 'DERIVED_FILE_MISSING',
        names: [METADATA],
      },
      {
        what: 'a promotion of what was never verified',
        args: PROMOTE,
        exit: 1,
        code: 'GATE_NOT_MET',
        names: ['cliparity verify fake 1.0.0'],
      },
      {
        what: 'the latest validated version when there is none',
        args: ['verify', 'fake', 'latest_validated'],
        exit: 2,
        code: 'NOTHING_VALIDATED',
        names: ['cliparity promote fake'],
      },
    ],
  );
});
