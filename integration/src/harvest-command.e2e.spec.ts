import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { run, start, type Ran } from './support/command.js';
import { fixturesOf, harvestPlace, writeScenarios } from './support/harvest-place.js';
import { put, removePlaces, type Place } from './support/place.js';
import { assetPath, HOST_TARGET } from './support/fake-upstream.js';

jest.setTimeout(180_000);
afterAll(removePlaces);

const HARVEST = ['harvest', 'fake', '1.0.0'] as const;
interface Answer {
  readonly streams?: readonly { readonly stream: string; readonly state: string }[];
  readonly findings?: readonly { readonly code: string; readonly message: string }[];
  readonly code?: string;
  readonly message?: string;
}
const answer = ({ stdout }: Ran): Answer => JSON.parse(stdout) as Answer;
const harvest = (place: Place, ...words: readonly string[]): Promise<Ran> =>
  run(place, [...HARVEST, ...words, '--json']);
const states = (ran: Ran) =>
  Object.fromEntries((answer(ran).streams ?? []).map(({ stream, state }) => [stream, state]));

describe('harvest', () => {
  it('goes from the first recording over review to a check that notices', async () => {
    const place = await harvestPlace({ one: ['say', 'a'], two: ['say', 'b'] });
    expect(states(await harvest(place))).toEqual({ one: 'recorded', two: 'recorded' });
    expect(await harvest(place, '--check')).toMatchObject({ exit: 0 });
    writeScenarios(place, { one: ['more', 'changed'], two: ['say', 'b'] });
    const checked = await harvest(place, '--check');
    expect([checked.exit, answer(checked).findings?.map(({ code }) => code)]).toEqual([1, ['FIXTURE_DIFFERS']]);
    expect(states(await harvest(place, '--record', 'new'))).toEqual({ one: 'pending', two: 'same' });
    expect((await run(place, ['review'])).stdout).toContain('+ {"type":"said","text":"changed","more":true}');
    expect(await run(place, ['accept', 'fake/1.0.0/one'])).toMatchObject({ exit: 0 });
    expect(readFileSync(join(fixturesOf(place), 'schemas/exec.schema.json'), 'utf8')).toContain('"more"');
    expect(await harvest(place, '--check')).toMatchObject({ exit: 0 });
  });

  it('says what waits, and forgets it when something else was decided', async () => {
    const place = await harvestPlace({ one: ['say', 'a'] });
    await harvest(place);
    writeScenarios(place, { one: ['more', 'changed'] });
    expect((await run(place, [...HARVEST, '--record', 'new'])).stdout).toContain('→ cliparity review');
    expect((await run(place, ['review'])).stdout).toContain('compatible: said more, new key');
    await harvest(place, '--record', 'all');
    expect((await run(place, ['pending'])).stdout).toContain('nothing waits');
    const elsewhere = join(place.base, 'else where');
    await harvest(place, '--out', elsewhere);
    writeScenarios(place, { one: ['say', 'again'] });
    const differs = await harvest(place, '--out', elsewhere, '--record', 'new');
    expect([differs.exit, states(differs)]).toEqual([1, { one: 'differs' }]);
    expect((await run(place, ['pending'])).stdout).toContain('nothing waits');
  });

  it('says with each finding what to type, and that mends it', async () => {
    const place = await harvestPlace({ one: ['say', 'a'] });
    await harvest(place);
    put(join(fixturesOf(place), 'one.jsonl'), '{"type":"said","text":"by hand"}\n');
    const edited = await run(place, [...HARVEST, '--scenario', 'one']);
    const [, mend = ''] = /record it again: cliparity (.*)/.exec(edited.stdout) ?? [];
    expect([edited.exit, mend]).toEqual([1, 'harvest fake 1.0.0 --scenario one --record all']);
    expect(await run(place, mend.split(' '))).toMatchObject({ exit: 0 });
    expect(await harvest(place, '--check')).toMatchObject({ exit: 0 });
  });

  it('refuses options that would be without effect', async () => {
    const place = await harvestPlace({});
    const ran = await harvest(place, '--codex-path', 'x');
    expect([ran.exit, answer(ran).code]).toEqual([2, 'HARVEST_OPTIONS_CLASH']);
  });

  it('needs no program where nothing has to run', async () => {
    const place = await harvestPlace({ one: ['say', 'a'] });
    await harvest(place);
    const env = { CLIPARITY_STORE: join(place.base, 'empty store') };
    for (const words of [[], ['--record', 'none']]) {
      expect(await run(place, [...HARVEST, ...words], { env })).toMatchObject({ exit: 0 });
    }
    expect(existsSync(env.CLIPARITY_STORE)).toBe(false);
  });

  it('records nothing in CI unless it is told to, and says both', async () => {
    const place = await harvestPlace({ one: ['say', 'a'] });
    const env = { CI: 'true' };
    const silent = await run(place, [...HARVEST], { env });
    expect([silent.exit, silent.stderr.includes('In CI nothing is recorded')]).toEqual([1, true]);
    expect(existsSync(fixturesOf(place))).toBe(false);
    const told = await run(place, [...HARVEST, '--record', 'once'], { env });
    expect([told.exit, told.stderr.includes('--record once says so')]).toEqual([0, true]);
  });

  it('killed in the middle, leaves the fixtures accepted before and whole ones of its own', async () => {
    const place = await harvestPlace({ a_first: ['say', 'a'] });
    await harvest(place);
    const before = readFileSync(join(fixturesOf(place), 'a_first.jsonl'), 'utf8');
    writeScenarios(place, { a_first: ['say', 'changed'], b_slow: ['slow'] });
    const { child, ended } = start(place, [...HARVEST, '--record', 'all', '--set', 'concurrency=1']);
    await pause(2500);
    child.kill('SIGKILL');
    await ended;
    const kept = readdirSync(fixturesOf(place)).filter((name) => name.endsWith('.jsonl'));
    expect(kept).toEqual(['a_first.jsonl']);
    const after = readFileSync(join(fixturesOf(place), 'a_first.jsonl'), 'utf8');
    expect([before, before.replace('"a"', '"changed"')]).toContain(after);
    expect(readdirSync(fixturesOf(place)).filter((name) => name.includes('tmp'))).toEqual([]);
    expect(states(await harvest(place, '--record', 'all'))).toMatchObject({ b_slow: 'recorded' });
    expect(await harvest(place, '--check')).toMatchObject({ exit: 0 });
  });

  it('twice at once, gives what once gives', async () => {
    const place = await harvestPlace({ one: ['say', 'a'], two: ['slow'] });
    const both = await Promise.all([harvest(place, '--record', 'all'), harvest(place, '--record', 'all')]);
    expect(both.map(({ exit }) => exit)).toEqual([0, 0]);
    expect(await harvest(place, '--check')).toMatchObject({ exit: 0 });
  });

  it('says what changed between two versions, and refuses to compare with nothing', async () => {
    const place = await harvestPlace({ one: ['say', 'a'] });
    await harvest(place);
    const none = await harvest(place, '--diff', '0.9.0');
    expect([none.exit, answer(none).code]).toEqual([2, 'FIXTURES_NONE']);
    const older = join(place.workspace, 'integration/fixtures/fake/0.9.0');
    mkdirSync(older, { recursive: true });
    const sidecar = readFileSync(join(fixturesOf(place), 'one.meta.json'), 'utf8');
    put(join(older, 'one.meta.json'), sidecar);
    put(join(older, 'one.jsonl'), '{"type":"said","text":"a","more":1}\n{"type":"gone"}\n');
    const diff = await run(place, [...HARVEST, '--diff', '0.9.0', '--exit-code']);
    expect(diff.exit).toBe(1);
    for (const words of ['event gone', 'key gone', 'breaking']) expect(diff.stdout).toContain(words);
    expect(await run(place, [...HARVEST, '--diff', '1.0.0', '--exit-code'])).toMatchObject({ exit: 0 });
  });

  it('writes the table of streams and their readers, and notices when it is old', async () => {
    const place = await harvestPlace({ one: ['say', 'a'] });
    await harvest(place);
    put(join(place.workspace, 'integration/reads.test.ts'), "replay('fake/1.0.0/one')");
    const file = join(place.workspace, 'streams.md');
    const words = ['harvest', 'fake', '--checklist', file];
    expect(await run(place, words)).toMatchObject({ exit: 0 });
    expect(readFileSync(file, 'utf8')).toContain('`integration/reads.test.ts`');
    rmSync(join(place.workspace, 'integration/reads.test.ts'));
    const old = await run(place, [...words, '--check', '--json']);
    expect([old.exit, answer(old).findings?.map(({ code }) => code)]).toEqual([1, ['CHECKLIST_STALE']]);
    const nowhere = await run(place, [...words, '--tests', 'tset', '--json']);
    expect([nowhere.exit, answer(nowhere).code]).toEqual([2, 'TESTS_FOLDER_MISSING']);
  });
});

const withPython = spawnSync('python3', ['--version']).status === 0 ? describe : describe.skip;

withPython('harvest --python-sdk (skipped without Python)', () => {
  const MODULE = [
    'import json, subprocess',
    'def record(output_path, *, codex_path=None):',
    '    said = subprocess.run([codex_path, "say", "hi"], capture_output=True, text=True).stdout if codex_path else "{}\\n"',
    '    open(output_path, "w").write(said)',
    '',
  ].join('\n');
  const sdkIn = (place: Place, module = MODULE): string => {
    put(join(place.base, 'sdk/harvest_scenarios/thread_start.py'), module);
    return join(place.base, 'sdk');
  };

  it('records with the pinned program, into the places of the original contract', async () => {
    const place = await harvestPlace({});
    const program = assetPath(place.upstream, '1.0.0', HOST_TARGET);
    const words = ['--python-sdk', sdkIn(place), '--codex-path', program, '--scenario', 'thread_start'];
    expect(await harvest(place, ...words)).toMatchObject({ exit: 0 });
    const read = (path: string): string => readFileSync(join(place.workspace, path), 'utf8');
    expect(read('integration/fixtures/python/thread_start.jsonl')).toBe('{"type":"said","text":"hi"}\n');
    expect(read('docs/python-parity-checklist.md')).toContain('`thread_start`');
    const out = join(place.base, 'elsewhere');
    await harvest(place, '--python-sdk', sdkIn(place), '--output', out);
    expect(readdirSync(out)).toEqual(['thread_start.jsonl']);
  });

  it('wants a root, a program that is there, and each scenario once', async () => {
    const place = await harvestPlace({});
    const sdk = ['--python-sdk', sdkIn(place)];
    const absent = await harvest(place, ...sdk, '--codex-path', join(place.base, 'absent'));
    expect([absent.exit, answer(absent).code]).toEqual([2, 'PYTHON_BINARY_NOT_PINNED']);
    const nobody = await run(place, ['harvest', 'nobody', ...sdk, '--json']);
    expect([nobody.exit, answer(nobody).code]).toEqual([2, 'ROOT_UNKNOWN']);
    const twice = await harvest(place, ...sdk, '--scenario', 'thread_start', '--scenario', 'thread_start');
    expect(JSON.parse(twice.stdout)).toMatchObject({ version: '1.0.0', recorded: ['thread_start'] });
  });

  it('takes the SDK from the environment, and asks for it when there is none', async () => {
    const place = await harvestPlace({});
    // From the folder that the command is run in.
    const env = { CODEX_PYTHON_SDK_PATH: relative(place.workspace, sdkIn(place)) };
    expect(await run(place, [...HARVEST, '--python-sdk'], { env })).toMatchObject({ exit: 0 });
    const none = await harvest(place, '--python-sdk');
    expect([none.exit, answer(none).code]).toEqual([2, 'PYTHON_SDK_MISSING']);
    expect(answer(none).message).toContain('path of the Python SDK is required');
    const absent = await harvest(place, '--python-sdk', join(place.base, 'absent'));
    expect(answer(absent).message).toContain(join(place.base, 'absent'));
  });

  it('module not found, binary not the pinned one, drift: each has its message', async () => {
    const place = await harvestPlace({});
    const sdk = ['--python-sdk', sdkIn(place)];
    const unknown = await harvest(place, ...sdk, '--scenario', 'x', '--scenario', 'y');
    expect([unknown.exit, answer(unknown).code]).toEqual([2, 'PYTHON_MODULE_NOT_FOUND']);
    expect(answer(unknown).message).toContain('x, y');
    const other = await harvest(place, ...sdk, '--codex-path', process.execPath);
    expect([other.exit, answer(other).code]).toEqual([2, 'PYTHON_BINARY_NOT_PINNED']);
    await harvest(place, ...sdk);
    sdkIn(place, MODULE.replace('"{}\\n"', '"[]\\n".replace("[]", "{\\"v\\": 2}")'));
    const drift = await harvest(place, ...sdk, '--check');
    expect(drift.exit).toBe(1);
    expect(answer(drift).findings).toMatchObject([
      { code: 'FIXTURE_DIFFERS', message: expect.stringContaining('thread_start drifted') },
    ]);
  });
});
