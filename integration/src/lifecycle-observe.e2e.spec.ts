import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { execa } from 'execa';
import { CLIPARITY_BIN, run, startRaw } from './support/command.js';
import { assetPath, HOST_TARGET } from './support/fake-upstream.js';
import { makeFinishedPlace } from './support/finished-place.js';
import { copyPlace, editJson, put, removePlaces, type Place } from './support/place.js';

jest.setTimeout(180_000);

let finished: Place;
beforeAll(async () => {
  finished = await makeFinishedPlace();
});
afterAll(removePlaces);

const logOf = (place: Place): string => join(place.root, 'observed/fake-wrapper.ndjson');
const lines = (path: string): unknown[] =>
  readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => (JSON.parse(line) as { argv: unknown }).argv);

describe('observe', () => {
  const script =
    'process.stdin.pipe(process.stdout); process.stdin.on("end", () => { console.error("to stderr"); process.exitCode = 7; })';
  it('hands on streams and exit code, and records each command line once, masked', async () => {
    const place = copyPlace(finished);
    const log = logOf(place);
    const words = [
      'observe',
      '--log',
      log,
      '--',
      process.execPath,
      '-e',
      script,
      '--',
      '--api-key=s3cret-1',
      '--token',
      's3cret-2',
    ];
    const env = { MY_API_KEY: 'known-value-3', HOME: place.home };
    const call = () =>
      execa(process.execPath, [CLIPARITY_BIN, ...words, 'with known-value-3', join(place.home, 'f')], {
        cwd: place.workspace,
        env,
        input: 'bytes in',
        reject: false,
      });
    for (let i = 0; i < 2; i += 1)
      expect(await call()).toMatchObject({ exitCode: 7, stdout: 'bytes in', stderr: 'to stderr' });
    expect(lines(log)).toEqual([['-e', script, '--', '--api-key=***', '--token', '***', 'with ***', '$HOME/f']]);
  });
  it('ends by the signal that ended its child', async () => {
    const log = join(finished.base, 'signal.ndjson');
    const child = [process.execPath, '-e', 'process.kill(process.pid, "SIGKILL")'];
    const { signal } = await startRaw(finished, ['observe', '--log', log, '--', ...child]).ended;
    expect(signal).toBe('SIGKILL');
  });
  it.each([
    ['OBSERVE_NOT_STARTED', ['--log', 'x.ndjson', '--', '/no/such/program']],
    ['OBSERVE_NOTHING', ['--log', 'x.ndjson']],
    ['OBSERVE_NO_LOG', ['--', 'true']],
  ])('ends with 70 for %s', async (code, words) => {
    const { exit, stdout, stderr } = await run(finished, ['observe', ...words]);
    expect([exit, stdout, stderr]).toEqual([70, '', expect.stringContaining(code)]);
  });
  it('ends with 70 in a workspace whose configuration is broken', async () => {
    const place = copyPlace(finished);
    put(join(place.workspace, 'cliparity.config.json'), { no_such_key: 1 });
    const { exit, stderr } = await run(place, ['observe', '--log', 'x.ndjson', '--', 'true']);
    expect([exit, stderr]).toEqual([70, expect.stringContaining('CONFIG_')]);
  });
});

describe('coverage derive', () => {
  it('proposes and writes what a wrapper was seen to use through a stand-in', async () => {
    const place = copyPlace(finished);
    const [log, standIn] = [logOf(place), join(place.base, 'bin/fake')];
    const real = assetPath(place.upstream, '1.0.0', HOST_TARGET);
    expect((await run(place, ['observe', '--log', log, '--stand-in', standIn, '--', real])).exit).toBe(0);
    const calls = [
      [0, ['run', '--help']],
      // The fake upstream knows its pages only; what it is asked is recorded all the same.
      [2, ['run', '--dry-run', 'a task']],
      [2, ['-v', 'list', '--sort=name']],
    ] as const;
    for (const [exitCode, argv] of calls)
      expect(await execa(standIn, argv, { reject: false, env: { HOME: place.home } })).toMatchObject({ exitCode });
    const words = ['coverage', 'derive', 'fake', '--from', log];
    const proposed = await run(place, [...words, '--json']);
    expect(JSON.parse(proposed.stdout)).toMatchObject({
      calls: 3,
      applied: false,
      added: ['arg:run/TASK', 'command:list', 'command:run', 'flag:run/--dry-run'],
      contradicted: [],
      not_observed: [],
      unknown_to_upstream: ['flag:list/--sort'],
    });
    const statement = join(place.root, 'wrapper_coverage.json');
    expect(readFileSync(statement, 'utf8')).not.toContain('dry-run');
    expect((await run(place, [...words, '--apply'])).exit).toBe(0);
    expect((await run(place, ['report', 'fake', '1.0.0'])).exit).toBe(0);
    expect((await run(place, ['validate', 'fake'])).stdout).toContain('fake: clean');
    expect(JSON.parse((await run(place, [...words, '--json'])).stdout)).toMatchObject({ added: [] });
  });
  it('names the line of a log that is none, as validate does', async () => {
    const place = copyPlace(finished);
    put(logOf(place), '{"schema_version":1,"argv":["run"]}\nno line\n');
    const { exit, stderr } = await run(place, ['coverage', 'derive', 'fake', '--from', logOf(place)]);
    expect([exit, stderr]).toEqual([1, expect.stringContaining('OBSERVED_LINE_INVALID')]);
    expect((await run(place, ['validate', 'fake'])).stdout).toContain('OBSERVED_LINE_INVALID');
  });
});

describe('validate --fix', () => {
  it('restores order and form and the generated copies, and leaves content alone', async () => {
    const place = copyPlace(finished);
    const lock = join(place.root, 'artifacts.lock.json');
    const [lockText, union] = [readFileSync(lock, 'utf8'), join(place.root, 'snapshots/1.0.0/union.json')];
    editJson<{ artifacts: unknown[] }>(lock, ({ artifacts }) => artifacts.reverse());
    put(lock, `\ufeff${readFileSync(lock, 'utf8').replaceAll('\n', '\r\n')}`);
    put(join(place.root, 'RULES.json'), {});
    editJson<{ commands: { about?: string }[] }>(union, ({ commands }) => {
      if (commands[0] !== undefined) commands[0].about = 'something else';
    });
    const { exit, stdout } = await run(place, ['validate', 'fake', '--fix', '--json']);
    const { mended, findings } = JSON.parse(stdout) as { mended: string[]; findings: { code: string }[] };
    expect([exit, findings.map(({ code }) => code)]).toEqual([1, ['DERIVED_FILE_DIFFERS']]);
    const copies = ['RULES.json', 'SCHEMA.json', 'VERSION_METADATA_SCHEMA.json', 'VALIDATOR_SPEC.md'];
    expect(mended).toEqual(['artifacts.lock.json', ...copies].map((path) => `cli_manifests/fake/${path}`));
    expect(readFileSync(lock, 'utf8')).toBe(lockText);
    expect(readFileSync(union, 'utf8')).toContain('something else');
    await run(place, ['rebuild', 'fake']);
    expect((await run(place, ['validate', 'fake', '--fix'])).stdout).toContain('nothing to mend');
  });
});
