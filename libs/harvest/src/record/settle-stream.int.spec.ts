import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { PlanStep, Scenario } from '@cliparity/plugin-api';
import { fakePlace, plan, requestFor, scenario, step, testIo, type FakePlace } from '../testing/fake-upstream.js';
import type { HarvestRequest } from './harvest-request.js';
import { harvest, type HarvestReport } from './harvest.js';

let place: FakePlace;
beforeEach(() => {
  place = fakePlace();
});
afterEach(() => place.remove());

const says = (text: string, name = 'basic'): Scenario => scenario(name, plan([step('lines', text)]));
const run = (scenarios: readonly Scenario[], more: Partial<HarvestRequest> = {}): Promise<HarvestReport> =>
  harvest(requestFor(place, scenarios, more), testIo());
const at = (...parts: string[]): string => join(place.folder, ...parts);
const fixture = (name: string): string => at('fixtures', '1.0.0', name);
const codes = ({ findings }: HarvestReport): readonly string[] => findings.map(({ code }) => code);
const states = ({ outcomes }: HarvestReport) => outcomes.map(({ stream, state }) => [stream, state]);

describe('the program', () => {
  it('is brought when something has to run, once, and not before', async () => {
    let brought = 0;
    const { upstream } = requestFor(place, []);
    const lazy: Partial<HarvestRequest> = {
      upstream: {
        ...upstream,
        binary: () => {
          brought += 1;
          return Promise.resolve(place.binary);
        },
      },
    };
    await run([says('{"v":1}'), says('{}', 'other')], { ...lazy, concurrency: 2 });
    expect(brought).toBe(1);
    await run([says('{"v":1}'), says('{}', 'other')], lazy);
    await run([says('{"v":1}'), says('{}', 'third')], { ...lazy, mode: 'none' });
    expect(brought).toBe(1);
  });

  it('that cannot be brought ends the harvest', async () => {
    const { upstream } = requestFor(place, []);
    const none = { ...upstream, binary: () => Promise.reject(new Error('offline')) };
    await expect(run([says('{}')], { upstream: none })).rejects.toThrow('offline');
  });
});

describe('what waits', () => {
  beforeEach(async () => {
    await run([says('{"v":1}')]);
    await run([says('{"v":2}')], { mode: 'new' });
  });
  const waiting = (): readonly string[] => readdirSync(at('pending', '1.0.0'));

  it.each([
    ['is recorded as it was', '{"v":1}', 'new', 'same'],
    ['was replaced', '{"v":3}', 'all', 'replaced'],
  ] as const)('waits no longer when the stream %s', async (_how, text, mode, state) => {
    expect(waiting()).toEqual(['basic.jsonl', 'basic.meta.json']);
    expect(states(await run([says(text)], { mode }))).toEqual([['basic', state]]);
    expect(waiting()).toEqual([]);
  });

  it('is left alone by a check', async () => {
    await run([says('{"v":1}')], { check: true });
    expect(waiting()).toEqual(['basic.jsonl', 'basic.meta.json']);
  });

  it('is nothing of a folder that nobody reviews: what changed is a finding there', async () => {
    const { workspace, scratch } = requestFor(place, []).folders;
    const elsewhere = { folders: { workspace, scratch, fixtures: at('out', 'here') } };
    await run([says('{"v":1}')], elsewhere);
    const report = await run([says('{"v":2}')], { ...elsewhere, mode: 'new' });
    expect([states(report), codes(report)]).toEqual([[['basic', 'differs']], ['FIXTURE_DIFFERS']]);
    expect(report.findings[0]?.help).toContain(`--out '${at('out', 'here')}' --record all`);
    expect(existsSync(at('.cliparity'))).toBe(true);
    expect(existsSync(at('out', '.cliparity'))).toBe(false);
  });
});

describe('a stored stream that is not as it was', () => {
  const two = (): readonly Scenario[] => [says('{"type":"a"}'), says('{"type":"b"}', 'other')];
  const schema = (): string => readFileSync(fixture('schemas/exec.schema.json'), 'utf8');
  beforeEach(async () => {
    await run(two());
  });

  it('is found when it is asked for by name, and only then', async () => {
    writeFileSync(fixture('basic.jsonl'), '{"type":"edited"}\n');
    expect(codes(await run(two(), { names: ['basic'] }))).toEqual(['FIXTURE_EDITED']);
    expect(codes(await run(two(), { names: ['other'] }))).toEqual([]);
  });

  it('never gets into the schema', async () => {
    const before = schema();
    writeFileSync(fixture('basic.jsonl'), '{"type":"edited"}\n');
    await run(two(), { names: ['other'], mode: 'all' });
    expect(schema()).toBe(before);
  });

  it('has lost its sidecar: that is said once, with the command that mends it', async () => {
    writeFileSync(fixture('basic.meta.json'), '<<<<<<<');
    const report = await run(two(), { mode: 'none' });
    expect(states(report)).toEqual([
      ['basic', 'failed'],
      ['other', 'kept'],
    ]);
    expect(report.findings).toMatchObject([
      {
        code: 'FILE_INVALID_JSON',
        help: expect.stringContaining('cliparity harvest fake 1.0.0 --scenario basic --record all'),
      },
    ]);
    expect(states(await run(two(), { names: ['basic'], mode: 'all' }))).toEqual([['basic', 'recorded']]);
    expect(codes(await run(two(), { check: true }))).toEqual([]);
  });

  it('has a sidecar that cannot be read, and the others are harvested all the same', async () => {
    writeFileSync(fixture('basic.meta.json'), '{');
    const report = await run(two(), { names: ['other'], mode: 'all' });
    expect([states(report), codes(report)]).toEqual([[['other', 'same']], []]);
  });

  it('is of no scenario by its nature, where it was written by hand', async () => {
    const sidecar = JSON.parse(readFileSync(fixture('basic.meta.json'), 'utf8')) as object;
    mkdirSync(at('fixtures', '1.0.0'), { recursive: true });
    writeFileSync(fixture('made_up.jsonl'), '{"type":"a"}\n');
    writeFileSync(fixture('made_up.meta.json'), JSON.stringify({ ...sidecar, stream: 'made_up' }));
    expect(codes(await run(two(), { mode: 'none' }))).toEqual(['FIXTURE_ORPHANED']);
    const written = { ...sidecar, stream: 'made_up', provenance: 'synthetic' };
    writeFileSync(fixture('made_up.meta.json'), JSON.stringify(written));
    expect(codes(await run(two(), { mode: 'none' }))).toEqual([]);
  });
});

describe('secrets', () => {
  it('are registered before anything runs, because the upstream’s last words may hold them', async () => {
    const known: string[] = [];
    const io = { ...testIo(), secret: (value: string) => (known.push(value), value) };
    const made = plan([{ ...step('exit', '3'), env: { STEP_TOKEN: 'of-the-step' } } as PlanStep], {
      env: { API_KEY: 'of-the-plan', PLAIN: 'shown' },
      secrets: ['of-a-file'],
    });
    await harvest(requestFor(place, [scenario('fails', made)]), io);
    expect(known.sort()).toEqual(['of-a-file', 'of-the-plan', 'of-the-step']);
  });

  it('that scanners know are not in a recorded command line either', async () => {
    const github = `gh${'p_'}wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx`;
    await run([scenario('basic', plan([step('lines', '{}', `--token=${github}`)]))]);
    expect(readFileSync(fixture('basic.meta.json'), 'utf8')).not.toContain(github);
  });
});
