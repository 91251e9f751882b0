import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { responses } from '@cliparity/model-server';
import type { Mask, PlanStep } from '@cliparity/plugin-api';
import type { Sidecar } from '../fixture/sidecar.js';
import { fakePlace, plan, requestFor, scenario, step, testIo, type FakePlace } from '../testing/fake-upstream.js';
import type { HarvestRequest } from './harvest-request.js';
import { harvest } from './harvest.js';

let place: FakePlace;
beforeEach(() => {
  place = fakePlace();
});
afterEach(() => place.remove());

const basic = scenario('basic', plan([step('ids')]));
const run = (scenarios: readonly (typeof basic)[], more: Partial<HarvestRequest> = {}) =>
  harvest(requestFor(place, scenarios, more), testIo());
const at = (...parts: string[]): string => join(place.folder, ...parts);
const fixture = (name: string): string => readFileSync(at('fixtures', '1.0.0', name), 'utf8');
const codes = ({ findings }: Awaited<ReturnType<typeof run>>): readonly string[] => findings.map(({ code }) => code);
const states = ({ outcomes }: Awaited<ReturnType<typeof run>>) => outcomes.map(({ stream, state }) => [stream, state]);

describe('harvest', () => {
  it('records a stream that two runs agree on, with a sidecar', async () => {
    const report = await run([basic]);
    expect(report).toEqual({
      outcomes: [{ scenario: 'basic', stream: 'basic', state: 'recorded', events: 2 }],
      findings: [],
    });
    expect(fixture('basic.jsonl').split('\n')[1]).toBe(
      '{"type":"state","agents":{"00000000-0000-7000-8000-000000000001":"ready","00000000-0000-7000-8000-000000000002":"ready"},"cwd":"/CWD","home":"/HOME","at":"2000-01-01T00:00:00Z"}',
    );
    expect(JSON.parse(fixture('basic.meta.json'))).toMatchObject({
      provenance: 'live',
      argv: ['ids'],
      events: 2,
      first_captured_at: '2026-01-02T03:04:05Z',
      masks: { uuid: 3, cwd: 1, home: 1, 'iso-time': 1 },
    });
    expect(readdirSync(at('scratch'))).toEqual([]);
  });

  it('gives the same bytes when it records again, also later', async () => {
    await run([basic]);
    const before = fixture('basic.meta.json');
    const later = { ...testIo(), now: () => new Date('2030-01-01T00:00:00Z') };
    const report = await harvest(requestFor(place, [basic], { mode: 'all' }), later);
    expect(states(report)).toEqual([['basic', 'same']]);
    expect(fixture('basic.meta.json')).toBe(before);
  });

  it('writes nothing when two runs differ, and goes on with the others', async () => {
    const report = await run([scenario('bad', plan([step('random')])), basic]);
    expect(states(report)).toEqual([
      ['bad', 'failed'],
      ['basic', 'recorded'],
    ]);
    expect(codes(report)).toEqual(['RUNS_DIFFER']);
    expect(existsSync(at('fixtures', '1.0.0', 'bad.jsonl'))).toBe(false);
  });

  it('compares racy streams as sets, and says so', async () => {
    const racy = scenario('racy', plan([step('shuffled')]), { racy: ['racy'] });
    expect((await run([racy])).outcomes).toEqual([
      { scenario: 'racy', stream: 'racy', state: 'recorded', racy: true, events: 6 },
    ]);
    expect(states(await run([racy], { check: true, runs: 1 }))).toEqual([['racy', 'same']]);
  });

  it('turns whatever a scenario does wrong into a finding of its own', async () => {
    const throws = scenario('throws', () => {
      throw new Error('my own fault');
    });
    const outside = scenario('outside', plan([step('lines')], { files: { '../../x': '' } }));
    const elsewhere = scenario('elsewhere', plan([step('lines', 'https://api.example.org/')]));
    const host = scenario('host', plan([step('lines', 'https://api.openai.com/')]));
    const report = await run([throws, outside, elsewhere, host, basic]);
    expect([...codes(report)].sort()).toEqual(['SCENARIO_FILE_OUTSIDE', 'SCENARIO_NOT_LOOPBACK', 'SCENARIO_THREW']);
    expect(states(report)).toContainEqual(['basic', 'recorded']);
    expect(states(report)).toContainEqual(['elsewhere', 'recorded']);
  });

  it('asks a scenario whether what must hold holds', async () => {
    const judged = scenario('judged', plan([step('ids')]), {
      judge: ([stream]) => [
        { code: 'X', severity: 'error', message: `${String(stream?.lines.length)} lines`, fingerprint: '0'.repeat(16) },
      ],
    });
    const report = await run([judged]);
    expect(report.findings).toEqual([
      expect.objectContaining({ code: 'SCENARIO_JUDGED', message: expect.stringContaining('2 lines') }),
    ]);
  });

  it('names all unknown scenarios together, and takes scenarios and streams', async () => {
    const two = scenario(
      'two',
      plan([
        { ...step('ids'), name: 'step1' },
        { ...step('ids'), name: 'step2' },
      ]),
    );
    await expect(run([basic, two], { names: ['basics', 'x'] })).rejects.toMatchObject({
      code: 'SCENARIO_UNKNOWN',
      message: expect.stringContaining('basics, x'),
    });
    expect(states(await run([basic, two], { names: ['two_step2'] })).map(([name]) => name)).toEqual([
      'two_step1',
      'two_step2',
    ]);
  });

  it('leaves out other upstreams and versions', async () => {
    const report = await run([
      basic,
      scenario('new', plan([step('ids')]), { fits: '>=2.0.0' }),
      scenario('other', plan([step('ids')]), { cli: 'another' }),
    ]);
    expect(states(report)).toEqual([['basic', 'recorded']]);
  });

  it('finds masks that hide nothing', async () => {
    const masks: readonly Mask[] = [
      { id: 'idle', pattern: 'nowhere', as: 'x' },
      { id: 'busy', pattern: 'ready', as: 'x', follows: 'machine' },
    ];
    const report = await run([scenario('masked', plan([step('ids')], { masks }))]);
    expect(report.findings.map(({ code, message }) => [code, message.includes('idle')])).toEqual([
      ['MASK_NEVER_FIRED', true],
    ]);
  });

  it('finds masks that hide what is the same in all runs, unless they follow something else', async () => {
    const mask = (id: string, follows?: 'user' | 'machine') => ({
      id,
      keys: ['type'],
      as: 'x',
      ...(follows !== undefined && { follows }),
    });
    const hides = (masks: readonly Mask[]) =>
      run([scenario('masked', plan([step('ids')], { masks }))], { mode: 'all' });
    expect(codes(await hides([mask('same')]))).toEqual(['MASK_HIDES_THE_SAME']);
    expect(codes(await hides([mask('of-machine', 'machine')]))).toEqual([]);
    expect(codes(await hides([{ id: 'id', keys: ['thread_id'], as: 'x' }]))).toEqual([]);
  });

  it('gives masks of the clock another second to differ in', async () => {
    const masks = [{ id: 'second', keys: ['second'], as: 0, follows: 'clock' }] as const;
    const clock = { ...testIo(), now: () => new Date() };
    const timed = requestFor(place, [scenario('timed', plan([step('second')], { masks }))]);
    expect(codes(await harvest(timed, clock))).toEqual([]);
  });

  it('counts lines that are no events, and keeps them where they stood', async () => {
    await run([scenario('noisy', plan([step('lines', '{"v":1}', 'warning: x', '{"v":2}')]))]);
    expect(fixture('noisy.jsonl')).toBe('{"v":1}\nwarning: x\n{"v":2}\n');
    expect(JSON.parse(fixture('noisy.meta.json'))).toMatchObject({ events: 2, noise_lines: 1 });
  });

  it('keeps the pace of the first capture, and none of a stream in no order', async () => {
    await run([basic, scenario('racy', plan([step('shuffled')]), { racy: ['racy'] })]);
    const first = JSON.parse(fixture('basic.meta.json')) as Sidecar;
    expect(first.pauses_ms).toHaveLength(2);
    await run([basic], { mode: 'all', names: ['basic'] });
    expect(JSON.parse(fixture('basic.meta.json'))).toEqual(first);
    expect(JSON.parse(fixture('racy.meta.json'))).not.toHaveProperty('pauses_ms');
  });

  it('stops when it is told to', async () => {
    const abort = new AbortController();
    const running = harvest(requestFor(place, [scenario('hang', plan([step('hang')]))]), testIo(abort.signal));
    setTimeout(() => abort.abort(), 150);
    await expect(running).rejects.toMatchObject({ code: 'INTERRUPTED' });
    expect(existsSync(at('fixtures'))).toBe(false);
  });

  it('lets two harvests at once write one after the other', async () => {
    const reports = await Promise.all([run([basic], { mode: 'all' }), run([basic], { mode: 'all' })]);
    expect(reports.flatMap(codes)).toEqual([]);
    expect(codes(await run([basic], { check: true }))).toEqual([]);
  });
});

describe('record modes', () => {
  const says = (text: string) => scenario('basic', plan([step('lines', text)]));
  const other = scenario('other', plan([step('lines', '{}')]));
  beforeEach(async () => {
    await run([says('{"v":1}')]);
  });

  it('once: records what is missing and leaves the rest', async () => {
    expect(states(await run([says('{"v":2}'), other], { mode: 'once' }))).toEqual([
      ['basic', 'kept'],
      ['other', 'recorded'],
    ]);
    expect(fixture('basic.jsonl')).toBe('{"v":1}\n');
  });

  it('new: what changed waits beside', async () => {
    expect(states(await run([says('{"v":2}'), other], { mode: 'new' }))).toEqual([
      ['basic', 'pending'],
      ['other', 'recorded'],
    ]);
    expect(fixture('basic.jsonl')).toBe('{"v":1}\n');
    expect(readFileSync(at('pending', '1.0.0', 'basic.jsonl'), 'utf8')).toBe('{"v":2}\n');
  });

  it('all: what changed is replaced', async () => {
    expect(states(await run([says('{"v":2}')], { mode: 'all' }))).toEqual([['basic', 'replaced']]);
    expect(fixture('basic.jsonl')).toBe('{"v":2}\n');
  });

  it('none: nothing runs, what is missing is a finding', async () => {
    const report = await run([says('{"v":2}'), other], { mode: 'none' });
    expect(states(report)).toEqual([
      ['basic', 'kept'],
      ['other', 'missing'],
    ]);
    expect(codes(report)).toEqual(['FIXTURE_MISSING']);
  });

  it('check: everything runs, nothing is written', async () => {
    const report = await run([says('{"v":2}'), other], { check: true });
    expect(codes(report)).toEqual(['FIXTURE_DIFFERS', 'FIXTURE_MISSING']);
    expect(report.findings[0]?.message).toContain('line 1 was\n  {"v":1}\nand is\n  {"v":2}');
    expect(readdirSync(at('fixtures', '1.0.0')).sort()).toEqual(['basic.jsonl', 'basic.meta.json', 'schemas']);
  });

  it('check: a sidecar of another scenario is stale', async () => {
    const revised = scenario('basic', plan([step('lines', '{"v":1}')]), { revision: 2 });
    expect(codes(await run([revised], { check: true }))).toEqual(['FIXTURE_STALE']);
    expect(states(await run([revised], { mode: 'new' }))).toEqual([['basic', 'replaced']]);
  });

  it.each([
    ['edited by hand', () => writeFileSync(at('fixtures', '1.0.0', 'basic.jsonl'), '{"v":9}\n'), 'FIXTURE_EDITED'],
    ['with CRLF', () => writeFileSync(at('fixtures', '1.0.0', 'basic.jsonl'), '{"v":1}\r\n'), 'FIXTURE_EDITED'],
    ['without sidecar', () => rmSync(at('fixtures', '1.0.0', 'basic.meta.json')), 'FIXTURE_WITHOUT_SIDECAR'],
    ['of no scenario', () => writeFileSync(at('fixtures', '1.0.0', 'gone.jsonl'), ''), 'FIXTURE_ORPHANED'],
  ])('a fixture %s is a finding', async (_what, spoil, code) => {
    spoil();
    expect(codes(await run([says('{"v":1}')], { mode: 'none' }))).toContain(code);
  });

  it('a sidecar that is no sidecar is a finding, and does not stop the others', async () => {
    writeFileSync(at('fixtures', '1.0.0', 'basic.meta.json'), '{"schema_version":2}');
    const report = await run([says('{"v":1}'), other], { mode: 'once' });
    expect(states(report)).toEqual([
      ['basic', 'failed'],
      ['other', 'recorded'],
    ]);
    expect(new Set(codes(report))).toEqual(new Set(['FILE_SCHEMA_INVALID']));
  });
});

describe('an upstream whose streams may not be committed', () => {
  const says = (text: string) => scenario('basic', plan([step('lines', text)]));
  const withheld = (more: Partial<HarvestRequest> = {}): Partial<HarvestRequest> => ({
    ...more,
    folders: { ...requestFor(place, []).folders, streams: at('store') },
  });

  it('has sidecars and schemas in the tree, and its streams elsewhere', async () => {
    expect(states(await run([says('{"type":"a"}')], withheld()))).toEqual([['basic', 'recorded']]);
    expect(readdirSync(at('fixtures', '1.0.0')).sort()).toEqual(['basic.meta.json', 'schemas']);
    expect(readdirSync(at('store'))).toEqual(['basic.jsonl']);
    expect(JSON.parse(fixture('basic.meta.json'))).toMatchObject({ event_types: { a: 1 } });
  });

  it('may not have them in the tree', async () => {
    await run([says('{"type":"a"}')], withheld());
    writeFileSync(at('fixtures', '1.0.0', 'basic.jsonl'), '{"type":"a"}\n');
    expect(codes(await run([says('{"type":"a"}')], withheld({ mode: 'none' })))).toEqual(['FIXTURE_NOT_TO_COMMIT']);
  });

  it('finds a stream that was edited where it is kept', async () => {
    await run([says('{"type":"a"}')], withheld());
    writeFileSync(at('store', 'basic.jsonl'), '{"type":"b"}\n');
    expect(codes(await run([says('{"type":"a"}')], withheld({ mode: 'none' })))).toEqual(['FIXTURE_EDITED']);
  });

  it('has its schema checked against what was recorded just now', async () => {
    await run([says('{"type":"a"}')], withheld());
    rmSync(at('store'), { recursive: true });
    writeFileSync(at('fixtures', '1.0.0', 'schemas', 'exec.schema.json'), '{}\n');
    const report = await run([says('{"type":"a"}')], withheld({ check: true }));
    expect(codes(report)).toEqual(['EVENT_SCHEMA_STALE']);
    expect(codes(await run([says('{"type":"a"}')], withheld({ mode: 'none' })))).toEqual([]);
  });

  it('has its streams brought back to a machine that lacks them, without a change in the tree', async () => {
    await run([says('{"type":"a"}')], withheld());
    const before = fixture('basic.meta.json');
    rmSync(at('store'), { recursive: true });
    expect(states(await run([says('{"type":"a"}')], withheld({ mode: 'once' })))).toEqual([['basic', 'kept']]);
    expect(states(await run([says('{"type":"a"}')], withheld({ mode: 'all' })))).toEqual([['basic', 'recorded']]);
    expect(readFileSync(at('store', 'basic.jsonl'), 'utf8')).toBe('{"type":"a"}\n');
    expect(fixture('basic.meta.json')).toBe(before);
    expect(states(await run([says('{"type":"a"}')], withheld({ mode: 'all' })))).toEqual([['basic', 'same']]);
  });

  it('is checked by digest where the streams are not', async () => {
    await run([says('{"type":"a"}')], withheld());
    rmSync(at('store'), { recursive: true });
    expect(codes(await run([says('{"type":"a"}')], withheld({ check: true })))).toEqual([]);
    expect(codes(await run([says('{"type":"b"}')], withheld({ check: true })))).toEqual(['FIXTURE_DIFFERS']);
    expect(states(await run([says('{"type":"a"}')], withheld({ mode: 'none' })))).toEqual([['basic', 'kept']]);
  });
});

describe('no secret survives', () => {
  const made = (name: string): string => `LEAK-${name}-7f3a9c`;
  const github = `gh${'p_'}wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx`;

  it('from the environment, the command line, files and the model’s answers', async () => {
    process.env['CLIPARITY_LEAK'] = made('outer');
    const inModel = responses.answer(responses.message(`see ${made('model')} and ${github}`));
    const leaky = scenario(
      'leaky',
      plan(
        [
          { ...step('env'), name: 'env' },
          {
            ...step('lines', `{"argv":"${made('argv')}"}`, Buffer.from(made('file')).toString('base64')),
            name: 'argv',
          },
          { ...step('ask', '{{model}}'), name: 'model', env: { STEP_TOKEN: made('step') } } as PlanStep,
        ],
        {
          env: { SERVICE_API_KEY: made('env') },
          files: { 'home/.token': made('file') },
          secrets: [made('argv'), made('file'), made('model')],
          model: { api: 'openai-responses', answers: [inModel] },
        },
      ),
    );
    const report = await run([leaky], { names: ['leaky'] });
    delete process.env['CLIPARITY_LEAK'];
    expect(codes(report)).toEqual([]);
    const everything = readdirSync(at('fixtures', '1.0.0'))
      .filter((name) => name.includes('.'))
      .map(fixture)
      .join('\n');
    expect(everything).not.toContain('LEAK');
    expect(everything).not.toContain(Buffer.from(made('file')).toString('base64').slice(0, 16));
    expect(everything).not.toContain(github);
    expect(fixture('leaky_env.jsonl')).toContain('"SERVICE_API_KEY":"***"');
    expect(JSON.parse(fixture('leaky_model.meta.json'))).toMatchObject({
      redactions: [
        { by: 'github', count: 1 },
        { by: 'value', count: 1 },
      ],
    });
    expect(JSON.parse(fixture('leaky_argv.meta.json'))).toMatchObject({
      argv: ['lines', '{"argv":"***"}', expect.stringMatching(/^\*\*\*/)],
    });
  });
});
