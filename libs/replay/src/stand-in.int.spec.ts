import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { build } from 'esbuild';
import type { RecordedCall } from './replay-script.js';
import { completeCall, standInText, writeStandIn, type StandInCall } from './stand-in.js';

let player = '';
let folder = '';
beforeAll(async () => {
  const entry = fileURLToPath(new URL('./player-main.ts', import.meta.url));
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'iife',
    target: 'node20',
  });
  player = outputFiles[0]?.text ?? '';
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cliparity-replay-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const EVENTS = '{"type":"thread.started"}\n{"path":"/CWD/x"}\n{"type":"turn.completed"}\n';

function fixture(name: string, text: string, sidecar?: object): string {
  const path = join(folder, `${name}.jsonl`);
  writeFileSync(path, text);
  if (sidecar !== undefined) writeFileSync(join(folder, `${name}.meta.json`), JSON.stringify(sidecar));
  return path;
}
async function standIn(...calls: readonly StandInCall[]): Promise<string> {
  const path = join(folder, 'bin', 'codex');
  await writeStandIn({ path, state: join(folder, 'state'), calls, player, node: process.execPath });
  return path;
}
function run(path: string, argv: readonly string[] = [], input = '') {
  return new Promise<{ code: number | null; signal: string | null; stdout: string; stderr: string }>((resolve) => {
    const child = spawn(path, [...argv], { cwd: folder });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
}
const recorded = (): readonly RecordedCall[] =>
  readFileSync(join(folder, 'state', 'calls.ndjson'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as RecordedCall);

describe('a stand-in', () => {
  it('prints the stream and ends as the sidecar says', async () => {
    const path = await standIn(
      { fixture: fixture('a', EVENTS, { transport: 'exec', exit: { code: 1, signal: null } }), stderr: 'oh\n' },
      { fixture: fixture('b', '', { transport: 'exec', exit: { code: null, signal: 'SIGTERM' } }) },
    );
    expect(await run(path)).toEqual({ code: 1, signal: null, stdout: EVENTS, stderr: 'oh\n' });
    expect(await run(path)).toMatchObject({ code: null, signal: 'SIGTERM', stdout: '' });
  });

  it('plays its n-th call n-th, records command lines, and refuses one call more', async () => {
    const path = await standIn({ fixture: fixture('a', 'A\n') }, { fixture: fixture('b', 'B\n') });
    expect((await run(path, ['exec', 'one'])).stdout).toBe('A\n');
    expect((await run(path, ['exec', 'two'])).stdout).toBe('B\n');
    expect(await run(path)).toMatchObject({ code: 70, stdout: '', stderr: expect.stringContaining('called 3 times') });
    expect(recorded().map(({ call, argv }) => [call, argv])).toEqual([
      [1, ['exec', 'one']],
      [2, ['exec', 'two']],
      [3, []],
    ]);
  });

  it('counts anew when it is written again, and not at all without a folder', async () => {
    const made = fixture('a', 'A\n');
    expect(await run(await standIn({ fixture: made }))).toMatchObject({ code: 0 });
    expect(await run(await standIn({ fixture: made }))).toMatchObject({ code: 0 });
    expect(recorded()).toHaveLength(1);
    const script = { version: 1, calls: [await completeCall({ fixture: made })] } as const;
    const path = join(folder, 'uncounted');
    writeFileSync(path, standInText(script, player, process.execPath), { mode: 0o755 });
    expect([(await run(path)).code, (await run(path)).code]).toEqual([0, 0]);
  });

  it('keeps the pace and wants the command line of the recording, where that is asked for', async () => {
    const pauses = { pauses_ms: [0, 150, 0] };
    const made = fixture('a', EVENTS, { argv: ['exec', 'resume', 'id-{{thread}}'], ...pauses });
    expect(await completeCall({ fixture: made, recordedTiming: true, recordedArgv: true })).toMatchObject({
      paceMs: [0, 150, 0],
      argv: ['exec', 'resume', 'id-{{thread}}'],
    });
    const call = { fixture: made, recordedArgv: true };
    const path = await standIn(call, call, call);
    expect(await run(path, ['exec', 'resume', 'id-7'])).toMatchObject({ code: 0, stdout: EVENTS });
    expect(await run(path, ['exec', 'resume', 'id-'])).toMatchObject({ code: 70 });
    expect(await run(path, ['exec', 'resume', '7'])).toMatchObject({ code: 70 });
    const bare = fixture('own', EVENTS);
    for (const asked of [{ recordedTiming: true }, { recordedArgv: true }]) {
      await expect(completeCall({ fixture: bare, ...asked })).rejects.toMatchObject({ code: 'REPLAY_NOT_RECORDED' });
    }
  });

  it('checks command lines', async () => {
    const path = await standIn({ fixture: fixture('a', EVENTS), argv: ['exec', '--json', '...'] });
    expect(await run(path, ['exec'])).toMatchObject({ code: 70, stderr: expect.stringContaining('the script wants') });
  });

  it('breaks off, waits between lines and puts names in', async () => {
    const made = fixture('a', EVENTS);
    const path = await standIn(
      { fixture: made, truncate: { lines: 1, bytes: 5 } },
      { fixture: made, paceMs: [1, 2], replace: { '/CWD': '/here' } },
    );
    expect((await run(path)).stdout).toBe('{"type":"thread.started"}\n{"pat');
    expect((await run(path)).stdout).toBe(EVENTS.replace('/CWD', '/here'));
  });

  it('shows that nobody has called it yet', async () => {
    await standIn({ fixture: fixture('a', EVENTS) });
    expect(() => recorded()).toThrow('ENOENT');
  });

  it('prints a hundred thousand lines whole', async () => {
    const text = '{"type":"item.completed","item":{"id":"item_0"}}\n'.repeat(100_000);
    const path = await standIn({ fixture: fixture('a', text) });
    expect((await run(path)).stdout.length).toBe(text.length);
  });

  it('is the server of a recorded conversation', async () => {
    const talk = [
      { dir: 'in', message: { id: 1, method: 'open' } },
      { dir: 'out', message: { id: 1, result: 'R' } },
      { dir: 'in', message: { method: 'bye' } },
    ];
    const text = talk.map((line) => `${JSON.stringify(line)}\n`).join('');
    const made = fixture('a', text, { transport: 'rpc', exit: { code: 0, signal: null } });
    const path = await standIn({ fixture: made }, { fixture: made }, { fixture: made });
    const open = '{"id":9,"method":"open"}\n';
    expect(await run(path, [], `${open}{"method":"bye"}\n`)).toMatchObject({
      code: 0,
      stdout: '{"id":9,"result":"R"}\n',
    });
    expect(await run(path, [], open)).toMatchObject({ code: 70, stderr: expect.stringContaining('hung up') });
    expect(await run(path, [], '{"id":1,"method":"other"}\n')).toMatchObject({ code: 70 });
  });

  it('works in a folder of modules and in one of scripts', async () => {
    const path = await standIn({ fixture: fixture('a', EVENTS) }, { fixture: fixture('b', EVENTS) });
    for (const type of ['module', 'commonjs']) {
      writeFileSync(join(folder, 'package.json'), JSON.stringify({ type }));
      expect(await run(path)).toMatchObject({ code: 0, stdout: EVENTS });
    }
  });

  it.each(['absent.jsonl', '.'])('says which recording is missing: %s', async (name) => {
    await expect(standIn({ fixture: join(folder, name) })).rejects.toMatchObject({ code: 'REPLAY_FIXTURE_MISSING' });
  });

  it('ends as recorded when its reader has gone, and says nothing about that', async () => {
    const text = '{"type":"item.completed"}\n'.repeat(200_000);
    const sidecar = { transport: 'exec', exit: { code: 3, signal: null } };
    const path = await standIn({ fixture: fixture('a', text, sidecar) });
    const child = spawn(path, [], { stdio: ['ignore', 'pipe', 'pipe'] });
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.stdout.once('data', () => child.stdout.destroy());
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect([code, stderr]).toEqual([3, '']);
  });

  it.each(['null', 'nonsense', '5'])('says that %s is no message', async (line) => {
    const talk = '{"dir":"in","message":{"id":1,"method":"open"}}\n';
    const path = await standIn({ fixture: fixture('a', talk, { transport: 'rpc', exit: { code: 0, signal: null } }) });
    expect(await run(path, [], `${line}\n`)).toMatchObject({
      code: 70,
      stderr: expect.stringContaining('no JSON object'),
    });
  });

  it('is executable whatever lay there before, and nothing where it cannot be', async () => {
    const path = join(folder, 'codex');
    writeFileSync(path, 'mine', { mode: 0o644 });
    const made = { state: join(folder, 'state'), calls: [{ fixture: fixture('a', EVENTS) }], player };
    await writeStandIn({ ...made, path, node: process.execPath });
    expect(await run(path)).toMatchObject({ code: 0, stdout: EVENTS });
    await expect(writeStandIn({ ...made, path: folder })).rejects.toMatchObject({ code: 'WRITE_FAILED' });
  });

  it('cannot cut or pace a conversation, nor be strict about lines', async () => {
    const talk = fixture('talk', '{"dir":"in","message":{}}\n', { transport: 'rpc', exit: { code: 0, signal: null } });
    const lines = fixture('lines', EVENTS);
    const invalid = { code: 'REPLAY_OPTION_INVALID' };
    await expect(completeCall({ fixture: talk, truncate: { lines: 1 } })).rejects.toMatchObject(invalid);
    await expect(completeCall({ fixture: talk, paceMs: 5 })).rejects.toMatchObject(invalid);
    await expect(completeCall({ fixture: talk, recordedTiming: true })).rejects.toMatchObject(invalid);
    await expect(completeCall({ fixture: lines, strict: true })).rejects.toMatchObject(invalid);
    expect(await completeCall({ fixture: talk, strict: true })).toMatchObject({ transport: 'rpc' });
  });

  it('does not take a broken sidecar for none', async () => {
    const made = fixture('a', EVENTS);
    writeFileSync(join(folder, 'a.meta.json'), '<<<<<<<');
    await expect(completeCall({ fixture: made })).rejects.toMatchObject({ code: 'REPLAY_SIDECAR_INVALID' });
  });
});
