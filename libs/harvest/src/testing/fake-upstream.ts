import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Io, Plan, PlanStep, Scenario } from '@cliparity/plugin-api';
import type { HarvestRequest } from '../record/harvest-request.js';

/** A program that behaves as its first word says; the rest of its argv are that behaviour's parameters. */
const PROGRAM = `
import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { spawn, spawnSync } from 'node:child_process';
const [word, ...rest] = process.argv.slice(2);
const say = (event) => process.stdout.write(JSON.stringify(event) + '\\n');
const ways = {
  lines: () => rest.forEach((line) => process.stdout.write(line + '\\n')),
  raw: () => process.stdout.write(Buffer.from(rest[0], 'base64')),
  ids: () => {
    const id = randomUUID();
    say({ type: 'thread.started', thread_id: id });
    say({ type: 'state', agents: { [id]: 'ready', [randomUUID()]: 'ready' }, cwd: process.cwd(), home: process.env.HOME, at: new Date().toISOString() });
  },
  resume: () => say({ type: 'resumed', thread_id: rest[0] }),
  random: () => say({ type: 'random', value: Math.random() }),
  shuffled: () => [1, 2, 3, 4, 5, 6].sort(() => Math.random() - 0.5).forEach((n) => say({ type: 'n', n, id: randomUUID() })),
  env: () => say({ type: 'env', env: Object.keys(process.env).sort(), values: process.env }),
  exit: () => process.exit(Number(rest[0])),
  crash: () => process.kill(process.pid, 'SIGSEGV'),
  second: () => say({ second: Math.floor(Date.now() / 1000) }),
  paused: () => { process.on('SIGTERM', () => setTimeout(() => { say({ n: 2 }); process.exit(0); }, Number(rest[0]))); setInterval(() => undefined, 1000); say({ type: 'first' }); },
  who: () => say({ offset: spawnSync('date', ['+%z'], { encoding: 'utf8' }).stdout.trim(), uid: process.getuid(), owner: statSync('own.txt').uid }),
  think: async () => { say({ type: 'turn.started' }); await fetch(rest[0] + '/responses', { method: 'POST', body: '{}' }).then((answer) => answer.text()); },
  hang: () => { say({ type: 'turn.started' }); setInterval(() => undefined, 1000); },
  flood: () => { const line = 'x'.repeat(1024 * 1024); for (let n = 0; n < Number(rest[0]); n += 1) process.stdout.write(line); },
  orphan: () => { spawn('/bin/sh', ['-c', 'sleep 30'], { detached: true, stdio: 'inherit' }).unref(); say({ type: 'left' }); process.exit(0); },
  ask: async () => {
    const answer = await fetch(rest[0] + '/responses', { method: 'POST', body: '{}' });
    const text = await answer.text();
    for (const [, data] of text.matchAll(/^data: (.*)$/gm)) say(JSON.parse(data));
  },
  outside: async () => {
    const { connect } = await import('node:net');
    const proxy = new URL(process.env.HTTPS_PROXY);
    await new Promise((resolve) => {
      const socket = connect(Number(proxy.port), proxy.hostname, () => socket.write('CONNECT telemetry.example:443 HTTP/1.1\\r\\n\\r\\n'));
      socket.on('data', () => socket.end());
      socket.on('close', resolve);
    });
  },
  odd: async () => {
    const { connect } = await import('node:net');
    const proxy = new URL(process.env.HTTPS_PROXY);
    await new Promise((resolve) => {
      const socket = connect(Number(proxy.port), proxy.hostname, () => socket.write('GET http://[ HTTP/1.1\\r\\nHost: odd.example\\r\\n\\r\\n'));
      socket.on('data', () => socket.end());
      socket.on('close', resolve);
    });
  },
  server: () => createInterface({ input: process.stdin }).on('line', (line) => {
    const { id, method, result } = JSON.parse(line);
    if (method === 'chat') { process.stdout.write('null\\n5\\n"text"\\n'); say({ id, result: {} }); }
    if (method === 'open') { say({ method: 'opened', params: { thread: 'T1' } }); say({ id, result: { thread: 'T1' } }); }
    if (method === 'run') { say({ id, result: {} }); say({ id: 0, method: 'approve', params: {} }); }
    if (result) { say({ method: 'decided', params: result }); say({ method: 'done', params: {} }); }
    if (method === 'die') process.exit(7);
  }),
};
await ways[word]();
`;

/** A place on disk with the fake upstream in it. */
export interface FakePlace {
  readonly folder: string;
  readonly binary: string;
  readonly remove: () => void;
}

/** Makes a temporary folder with the fake upstream as an executable file. */
export function fakePlace(): FakePlace {
  const folder = mkdtempSync(join(tmpdir(), 'cliparity-harvest-'));
  const binary = join(folder, 'fake.mjs');
  writeFileSync(binary, `#!${process.execPath}\n${PROGRAM}`, { mode: 0o755 });
  return { folder, binary, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** An exec step of the fake upstream. */
export const step = (...argv: readonly string[]): PlanStep => ({ kind: 'exec', argv });

/** A plan without files. */
export const plan = (steps: readonly PlanStep[], more: Partial<Plan> = {}): Plan => ({ files: {}, steps, ...more });

/** A scenario of the upstream `fake`. */
export const scenario = (name: string, made: Plan | (() => Plan), more: Partial<Scenario> = {}): Scenario => ({
  id: `fake-${name}`,
  revision: 1,
  cli: 'fake',
  fits: '*',
  plan: () => (typeof made === 'function' ? made() : made),
  ...more,
});

/** The rim for tests: a fixed clock, no network. */
export function testIo(signal: AbortSignal = new AbortController().signal): Io {
  return {
    signal,
    now: () => new Date('2026-01-02T03:04:05Z'),
    emit: () => undefined,
    env: () => undefined,
    fetch: () => Promise.reject(new Error('no network')),
    secret: (value) => value,
  };
}

/** A harvest of the fake upstream into its own folder. */
export function requestFor(
  place: FakePlace,
  scenarios: readonly Scenario[],
  more: Partial<HarvestRequest> = {},
): HarvestRequest {
  return {
    upstream: {
      cli: 'fake',
      tool: 'fake-cli',
      version: '1.0.0',
      target: 'any',
      binary: place.binary,
      binarySha256: 'a'.repeat(64),
    },
    scenarios,
    mode: 'once',
    folders: {
      workspace: place.folder,
      fixtures: join(place.folder, 'fixtures', '1.0.0'),
      pending: join(place.folder, 'pending', '1.0.0'),
      scratch: join(place.folder, 'scratch'),
    },
    ...more,
  };
}
