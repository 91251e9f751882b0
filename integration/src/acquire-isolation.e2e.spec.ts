import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { isolationHere, isolationReport, NO_NAMESPACES, runIsolated, type Isolation } from '@cliparity/runners';
import { makeFakeCli } from '@cliparity/testkit';
import { run } from './support/command.js';
import { listen, type Loopback } from './support/loopback.js';
import { makeFinishedPlace } from './support/finished-place.js';
import { makePlace, newFolder, removePlaces } from './support/place.js';
import { documentOf } from './support/refusals.js';
import { filesBelow } from './support/traces.js';

jest.setTimeout(180_000);

const RUNS = 1000;
const AT_ONCE = 8;
const SECRETS = {
  CLIPARITY_TOKEN: 'planted-in-cliparity-token',
  GITHUB_TOKEN: 'planted-in-github-token',
  NPM_TOKEN: 'planted-in-npm-token',
  AWS_SECRET_ACCESS_KEY: 'planted-in-aws',
  SSH_AUTH_SOCK: '/tmp/planted-agent.sock',
};
const restore: Record<string, string | undefined> = {};
beforeAll(() => {
  for (const [name, value] of Object.entries(SECRETS)) {
    restore[name] = process.env[name];
    process.env[name] = value;
  }
});
afterAll(() => {
  for (const [name, value] of Object.entries(restore)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  removePlaces();
});

/** A program that looks around and writes wherever a program may think it is at home. */
const NOSY = [
  'env',
  'echo "files: $(ls -A "$HOME" "$TMPDIR" . | grep -v : | tr "\\n" " ")"',
  'for place in "$HOME" "$XDG_CONFIG_HOME" "$XDG_CACHE_HOME" "$XDG_DATA_HOME" "$XDG_STATE_HOME" "$TMPDIR" .; do',
  '  mkdir -p "$place" && echo trace > "$place/trace"',
  'done',
].join('\n');

async function sh(script: string, isolation: Isolation, more: object = {}) {
  const scratch = join(newFolder(), 'tmp');
  mkdirSync(scratch);
  const common = { scratch, timeoutMs: 20_000, maxOutputBytes: 100_000, columns: 100, isolation };
  const result = await runIsolated({ file: '/bin/sh', args: ['-c', script], ...common, ...more });
  return { result, left: readdirSync(scratch) };
}

/** The command lines of this machine's processes. Linux. */
function commandLines(): string[] {
  const pids = existsSync('/proc/self/cmdline') ? readdirSync('/proc').filter((name) => /^\d+$/.test(name)) : [];
  return pids.map((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    } catch {
      return '';
    }
  });
}

/** Children of ours that ended and were not asked how. Linux. */
function zombies(): string[] {
  if (!existsSync('/proc/self/stat')) return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const [state, parent] = readFileSync(`/proc/${pid}/stat`, 'utf8')
          .replace(/^.*\) /s, '')
          .split(' ');
        return state === 'Z' && Number(parent) === process.pid;
      } catch {
        return false;
      }
    });
}

const here = await isolationHere();

describe.each([
  ['as this machine gives it', here],
  ['without namespaces', NO_NAMESPACES],
])('a child apart from this machine, %s,', (_, isolation) => {
  it('sees no secret of ours', async () => {
    const { result } = await sh(NOSY, isolation);
    expect(result.exitCode).toBe(0);
    for (const [name, value] of Object.entries(SECRETS)) {
      expect(result.stdout).not.toContain(name);
      expect(result.stdout).not.toContain(value);
    }
    expect(result.stdout).not.toContain(process.env['HOME'] ?? 'no home');
  });
  it('finds home and temporary folders fresh each time, and leaves nothing of them', async () => {
    for (let turn = 0; turn < 2; turn += 1) {
      const { result, left } = await sh(NOSY, isolation);
      expect(result.stdout).not.toContain('trace');
      expect(left).toEqual([]);
    }
  });
  it('is cut from the network, or refused at once', async () => {
    const { result } = await sh('echo "${HTTPS_PROXY}|${https_proxy}|${NO_PROXY}|"', isolation);
    expect(result.stdout).toBe('http://127.0.0.1:9|http://127.0.0.1:9||\n');
  });
  it('is killed with its whole group when it hangs', async () => {
    // A number of seconds that no other process of this machine sleeps for.
    const line = `sleep ${4000 + process.pid / 1e6}`;
    const { result } = await sh(`${line} & ${line}`, isolation, { timeoutMs: 300 });
    expect(result.timedOut).toBe(true);
    // The dead are gone once the system has come round to them.
    const alive = (): string[] => commandLines().filter((words) => words.replaceAll('\u0000', ' ') === `${line} `);
    for (let tries = 0; tries < 1000 && alive().length > 0; tries += 1) await pause(10);
    expect(alive()).toEqual([]);
  });
  it('is cut off when it talks too much', async () => {
    const { result } = await sh('while :; do echo 0123456789; done', isolation);
    expect(result.truncated).toBe(true);
    expect(result.stdout.length).toBeLessThanOrEqual(100_000);
  });
});

describe('where namespaces can be had', () => {
  let server: Loopback;
  beforeAll(async () => {
    server = await listen();
  });
  afterAll(() => server.close());
  it('not even this machine’s own servers are reached; elsewhere the report says so', async () => {
    const folder = newFolder();
    const port = Number(new URL(server.url).port);
    const pages = { '': { behaviour: { kind: 'connect', port } as const } };
    const { path } = await makeFakeCli(folder, { pages });
    const scratch = join(folder, 'scratch');
    mkdirSync(scratch);
    const spec = { file: path, args: ['--help'], scratch, timeoutMs: 20_000, maxOutputBytes: 1000, columns: 100 };
    const { stdout } = await runIsolated({ ...spec, isolation: here });
    const report = isolationReport(here);
    expect([report.network, stdout.trim()]).toEqual(
      here.network ? ['namespace', 'refused'] : ['dead-proxy', 'connected'],
    );
    expect(report.weaknesses.length > 0).toBe(!here.network || !here.processes);
  });
});

describe(`after ${RUNS} runs, however they ended,`, () => {
  it('there are no zombies and no private folders', async () => {
    const scratch = join(newFolder(), 'tmp');
    mkdirSync(scratch);
    const ends = ['true', 'exit 3', 'kill -9 $$', 'sleep 60 & true', 'yes'];
    let next = 0;
    const worker = async (): Promise<void> => {
      while (next < RUNS) {
        const script = ends[(next += 1) % ends.length] ?? '';
        const spec = { scratch, timeoutMs: 20_000, maxOutputBytes: 1000, columns: 80 };
        await runIsolated({ file: '/bin/sh', args: ['-c', script], ...spec });
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    expect(zombies()).toEqual([]);
    expect(readdirSync(scratch)).toEqual([]);
  });
});

describe('the command', () => {
  it('says what this machine can give', async () => {
    const ran = await run(makePlace(), ['doctor', '--json']);
    const text = JSON.stringify(documentOf(ran));
    const report = isolationReport(here);
    expect(text).toContain('isolation');
    expect(text).toContain(report.network);
    for (const weakness of report.weaknesses) expect(text).toContain(weakness);
  });
  it('reads a whole upstream without a secret or a trace of this machine reaching what it keeps', async () => {
    const place = await makeFinishedPlace();
    const ran = await run(place, ['report', 'fake', '1.0.0', '--chain', '--force'], { env: SECRETS });
    expect(ran.stderr).not.toContain('planted');
    const kept = [place.workspace, place.store].flatMap((folder) =>
      filesBelow(folder).map((file) => join(folder, file)),
    );
    for (const file of kept) {
      const text = readFileSync(file, 'latin1');
      for (const value of Object.values(SECRETS)) expect([file, text.includes(value)]).toEqual([file, false]);
    }
    expect(filesBelow(place.home)).toEqual([]);
  });
});
