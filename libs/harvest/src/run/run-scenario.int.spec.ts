import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { responses } from '@cliparity/model-server';
import type { Plan, PlanStep, RpcMove } from '@cliparity/plugin-api';
import { fakePlace, plan, step, type FakePlace } from '../testing/fake-upstream.js';
import { runScenario } from './run-scenario.js';
import { otherUser, variationOf, type User } from './variation.js';

let place: FakePlace;
beforeAll(() => {
  place = fakePlace();
});
afterAll(() => place.remove());

const run = (made: Plan, signal = new AbortController().signal) =>
  runScenario({ name: 's', plan: made, binary: place.binary, scratch: join(place.folder, 'runs'), signal });
const one = async (...steps: readonly PlanStep[]) => (await run(plan(steps))).streams[0];

describe('runScenario with an upstream that misbehaves', () => {
  it('keeps lines that are no JSON', async () => {
    expect((await one(step('lines', '{"a":1}', 'warning: x', '[1]', '')))?.lines).toEqual([
      '{"a":1}',
      'warning: x',
      '[1]',
      '',
    ]);
  });

  it('keeps half a line at the end, and what is not UTF-8', async () => {
    const bytes = Buffer.concat([Buffer.from('{"a":1}\n{"b"'), Buffer.from([0xff])]);
    expect(await one(step('raw', bytes.toString('base64')))).toMatchObject({
      lines: ['{"a":1}', '{"b"\ufffd'],
      unfinished: true,
      invalidUtf8: true,
    });
  });

  it('takes silence for a stream', async () => {
    expect(await one({ ...step('exit', '0') })).toMatchObject({ lines: [], exit: { code: 0, signal: null } });
  });

  it.each([
    ['an exit before the first event', step('exit', '3'), 'SCENARIO_ENDED_OTHERWISE'],
    ['a crash', step('crash'), 'SCENARIO_ENDED_OTHERWISE'],
    ['a hang', { ...step('hang'), timeoutMs: 400 }, 'HARVEST_TIMEOUT'],
    ['a hundred megabytes in one line', step('flood', '100'), 'HARVEST_TOO_LARGE'],
    ['a value nobody printed', { ...step('lines', '{}'), take: { x: 'y' } }, 'SCENARIO_NOTHING_TO_TAKE'],
    ['a call that leaves loopback', step('outside'), 'SCENARIO_LEFT_LOOPBACK'],
    [
      'words missing on standard error',
      { ...step('lines'), stderr: 'expected' } as PlanStep,
      'SCENARIO_ENDED_OTHERWISE',
    ],
  ])('%s', async (_what, made, code) => {
    await expect(run(plan([made as PlanStep]))).rejects.toMatchObject({ code });
  });

  it('takes an exit code and a signal that the scenario expects', async () => {
    expect(await one({ ...step('exit', '3'), exit: 3 } as PlanStep)).toMatchObject({ exit: { code: 3 } });
    expect(await one({ ...step('crash'), exit: 'signal' } as PlanStep)).toMatchObject({ exit: { signal: 'SIGSEGV' } });
  });

  it('takes any of several exit codes and records the usual one', async () => {
    const allowed = { exits: [0, 3] } as const;
    for (const exit of ['0', '3']) {
      const made = { ...step('exit', exit), ...allowed } as PlanStep;
      expect(await one(made)).toMatchObject({ exit: { code: 0, signal: null }, exits: [0, 3] });
    }
    await expect(run(plan([{ ...step('exit', '4'), ...allowed } as PlanStep]))).rejects.toMatchObject({
      code: 'SCENARIO_ENDED_OTHERWISE',
      message: expect.stringContaining('0 or 3'),
    });
    await expect(run(plan([{ ...step('crash'), ...allowed } as PlanStep]))).rejects.toMatchObject({
      code: 'SCENARIO_ENDED_OTHERWISE',
    });
  });

  it('does not wait for a child that outlives it', async () => {
    expect((await one(step('orphan')))?.lines).toEqual(['{"type":"left"}']);
  });

  it('says when it cannot be started', async () => {
    const signal = new AbortController().signal;
    const spec = { name: 's', plan: plan([step('x')]), scratch: join(place.folder, 'runs'), signal };
    await expect(runScenario({ ...spec, binary: join(place.folder, 'absent') })).rejects.toMatchObject({
      code: 'HARVEST_NOT_STARTED',
    });
  });

  it('stops when it is told to, and leaves no folder behind', async () => {
    const abort = new AbortController();
    const running = run(plan([step('hang')]), abort.signal);
    setTimeout(() => abort.abort(), 100);
    await expect(running).rejects.toMatchObject({ code: 'INTERRUPTED' });
    expect(readdirSync(join(place.folder, 'runs'))).toEqual([]);
  });
});

describe('runScenario', () => {
  it('sends a signal when an event has come', async () => {
    const made = { ...step('hang'), stop: { after: 'turn.started', signal: 'SIGTERM' }, exit: 'signal' } as PlanStep;
    expect(await one(made)).toMatchObject({ lines: ['{"type":"turn.started"}'], exit: { signal: 'SIGTERM' } });
  });

  it('sends it only when the model was asked, where the scenario says so', async () => {
    const model = { api: 'openai-responses', answers: [{ stream: [{ do: 'hang' }] }] } as const;
    const stop = { after: 'turn.started', asked: 1, delayMs: 50, signal: 'SIGTERM' };
    const made = { ...step('think', '{{model}}'), stop, exit: 'signal' } as PlanStep;
    const { streams } = await run(plan([made], { model }));
    expect(streams[0]).toMatchObject({ lines: ['{"type":"turn.started"}'], exit: { signal: 'SIGTERM' } });
  });

  it('measures the pause before each line, of streams that keep their order', async () => {
    // It says its second line that much after we have seen the first, however late we are.
    const made = { ...step('paused', '120'), stop: { after: 'first', signal: 'SIGTERM' } } as PlanStep;
    const stream = await one(made);
    expect(stream?.pauses).toHaveLength(2);
    expect(stream?.pauses?.[1]).toBeGreaterThanOrEqual(100);
  });

  const who = async (nth: number, other?: User) => {
    const files = { 'cwd/own.txt': '' };
    const spec = { name: 's', plan: plan([step('who')], { files }), binary: place.binary };
    const more = { scratch: join(place.folder, 'runs'), signal: new AbortController().signal };
    const { streams } = await runScenario({ ...spec, ...more, variation: variationOf(nth, other) });
    return JSON.parse(streams[0]?.lines[0] ?? '') as { offset: string; uid: number; owner: number };
  };

  it('has another day in two runs', async () => {
    expect([(await who(0)).offset, (await who(1)).offset]).toEqual(['-1200', '+1400']);
  });

  const asRoot = process.platform === 'linux' && process.getuid?.() === 0 ? it : it.skip;
  asRoot('is another user’s in the second run, files and all (skipped where one cannot be somebody else)', async () => {
    expect(await otherUser([place.binary])).toBeUndefined();
    chmodSync(place.folder, 0o755);
    const other = await otherUser([place.binary, process.execPath]);
    // Node may lie in a folder of root's own; then there is no second user, here as in a harvest.
    const wanted = other === undefined ? 0 : 65534;
    expect(await who(0, other)).toMatchObject({ uid: 0, owner: 0 });
    expect(await who(1, other)).toMatchObject({ uid: wanted, owner: wanted });
  });

  it('hands values from step to step', async () => {
    const { streams } = await run(
      plan([
        { ...step('ids'), name: 'a', take: { thread: 'thread_id' } },
        { ...step('resume', '{{thread}}'), name: 'b' },
      ]),
    );
    expect(streams.map(({ name }) => name)).toEqual(['s_a', 's_b']);
    const first = JSON.parse(streams[0]?.lines[0] ?? '') as { thread_id: string };
    expect(JSON.parse(streams[1]?.lines[0] ?? '')).toEqual({ type: 'resumed', thread_id: first.thread_id });
  });

  it('lets nothing of this machine’s environment through', async () => {
    process.env['LEAK_MARKER'] = 'LEAK-env';
    const stream = await one(step('env'));
    delete process.env['LEAK_MARKER'];
    expect(stream?.lines.join('')).not.toContain('LEAK');
    const { env } = JSON.parse(stream?.lines[0] ?? '') as { env: string[] };
    expect(env).toEqual(expect.arrayContaining(['HOME', 'HTTPS_PROXY', 'NO_PROXY', 'TZ']));
  });

  it('lets it talk to the scripted model, and to nobody when the script does not fit', async () => {
    const model = { api: 'openai-responses', answers: [responses.answer(responses.message('Hello'))] } as const;
    const { streams } = await run(plan([step('ask', '{{model}}')], { model }));
    expect(streams[0]?.lines).toHaveLength(3);
    await expect(run(plan([step('lines')], { model }))).rejects.toMatchObject({ code: 'MODEL_SCRIPT_MISMATCH' });
    const silent = { ...model, answers: [] };
    await expect(run(plan([step('ask', '{{model}}')], { model: silent }))).rejects.toMatchObject({
      code: 'MODEL_SCRIPT_MISMATCH',
    });
  });

  it('lets another user through to its folders, whatever our umask', async () => {
    const mask = process.umask(0o077);
    await run(plan([step('lines')]));
    process.umask(mask);
    expect(statSync(join(place.folder, 'runs')).mode & 0o777).toBe(0o711);
  });

  it('says whom it asked for, or what nobody scripted, rather than how it failed for that', async () => {
    const fails = { ...step('outside'), exit: 3 } as PlanStep;
    await expect(run(plan([fails]))).rejects.toMatchObject({
      code: 'SCENARIO_LEFT_LOOPBACK',
      cause: { code: 'SCENARIO_ENDED_OTHERWISE' },
    });
    const model = { api: 'openai-responses', answers: [] } as const;
    await expect(run(plan([{ ...step('ask', '{{model}}'), exit: 3 } as PlanStep], { model }))).rejects.toMatchObject({
      code: 'MODEL_SCRIPT_MISMATCH',
    });
    const unasked = { ...model, answers: [responses.answer(responses.message('x'))] };
    await expect(run(plan([step('exit', '3')], { model: unasked }))).rejects.toMatchObject({
      code: 'SCENARIO_ENDED_OTHERWISE',
    });
  });

  it('names whom it asked for in words that are no URL', async () => {
    await expect(run(plan([step('odd')]))).rejects.toMatchObject({
      code: 'SCENARIO_LEFT_LOOPBACK',
      message: expect.stringContaining('odd.example'),
    });
  });

  it('clears what a killed harvest left, and nothing else', async () => {
    const runs = join(place.folder, 'runs');
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    mkdirSync(join(runs, `run-${String(dead)}-0123456789ab`, 'home'), { recursive: true });
    mkdirSync(join(runs, 'mine'));
    await run(plan([step('lines')]));
    expect(readdirSync(runs)).toEqual(['mine']);
    rmSync(join(runs, 'mine'), { recursive: true });
  });

  it('puts files where the plan says', async () => {
    const files = { 'home/.rc': 'model = {{model}}', 'cwd/deep/a.txt': 'x' };
    const made = plan([step('lines')], { files, model: { api: 'openai-chat', answers: [] } });
    await expect(run(made)).resolves.toMatchObject({ streams: [{ lines: [] }] });
    expect(existsSync(join(place.folder, 'home'))).toBe(false);
  });
});

describe('runScenario over JSON-RPC', () => {
  const talk = (moves: readonly RpcMove[], answers: Record<string, unknown> = {}): PlanStep => ({
    kind: 'rpc',
    argv: ['server'],
    moves,
    answers,
  });
  const open: RpcMove = { call: 'open', params: {}, take: { thread: 'thread' } };

  it('records both directions, an answer before what else came', async () => {
    const stream = await one(
      talk([open, { call: 'run', params: { of: '{{thread}}' } }, { until: 'done' }], { approve: { decision: 'no' } }),
    );
    expect(stream?.lines).toEqual([
      '{"dir":"in","message":{"id":1,"method":"open","params":{}}}',
      '{"dir":"out","message":{"id":1,"result":{"thread":"T1"}}}',
      '{"dir":"out","message":{"method":"opened","params":{"thread":"T1"}}}',
      '{"dir":"in","message":{"id":2,"method":"run","params":{"of":"T1"}}}',
      '{"dir":"out","message":{"id":2,"result":{}}}',
      '{"dir":"out","message":{"id":0,"method":"approve","params":{}}}',
      '{"dir":"in","message":{"id":0,"result":{"decision":"no"}}}',
      '{"dir":"out","message":{"method":"decided","params":{"decision":"no"}}}',
      '{"dir":"out","message":{"method":"done","params":{}}}',
    ]);
  });

  it('leaves a request open that nobody answers', async () => {
    const stream = await one(talk([open, { call: 'run', params: {} }, { until: 'approve' }]));
    expect(stream?.lines.at(-1)).toBe('{"dir":"out","message":{"id":0,"method":"approve","params":{}}}');
  });

  it('takes for noise what is JSON and no message', async () => {
    const stream = await one(talk([{ call: 'chat', params: {} }]));
    expect(stream?.lines.slice(2)).toEqual(['null', '5', '"text"']);
  });

  it('says when the server ends early', async () => {
    await expect(run(plan([talk([open, { call: 'die', params: {} }])]))).rejects.toMatchObject({
      code: 'SCENARIO_ENDED_OTHERWISE',
    });
  });
});
