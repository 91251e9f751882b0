import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { makeFakeCli, type FakeCliSpec } from '@cliparity/testkit';
import { checkBinary } from './check-binary.js';
import type { ChildResult, ChildSpec } from './child-result.js';
import { couldNotRun } from './could-not-run.js';
import { hostOf } from './host.js';
import { isolationHere, NO_NAMESPACES, type Isolation } from './isolation.js';
import type { Keeper } from './keeper.js';
import { runIsolated } from './run-isolated.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'runners-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function run(spec: FakeCliSpec, argv: readonly string[], more: Partial<ChildSpec> = {}): Promise<ChildResult> {
  const { path } = await makeFakeCli(folder, spec);
  const scratch = join(folder, 'scratch');
  return runIsolated({ file: path, args: argv, scratch, timeoutMs: 20_000, maxOutputBytes: 1e6, columns: 77, ...more });
}

/** A keeper that does nothing. */
const obedient: Keeper = {
  pid: 0,
  lost: false,
  keep: () => undefined,
  release: () => undefined,
  close: async () => true,
  open: async () => true,
  end: () => undefined,
};

/** Command lines of living processes that contain a word. */
async function alive(word: string): Promise<readonly string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')));
  return lines.filter((line) => line.includes(word)).map((line) => line.replaceAll('\0', ' '));
}

/** Waits until nothing of that name lives, or gives up and says what does. */
async function gone(word: string): Promise<readonly string[]> {
  for (let tries = 0; tries < 1000; tries += 1) {
    if ((await alive(word)).length === 0) return [];
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return alive(word);
}

/** A number of seconds that no other process of this machine sleeps for. */
const oddSeconds = (): number => 5000 + Math.floor(Math.random() * 1e6) / 1000;

const MODES: readonly (readonly [string, () => Promise<Isolation>])[] = [
  ['with what this machine allows', isolationHere],
  ['without namespaces', () => Promise.resolve(NO_NAMESPACES)],
];

describe.each(MODES)('runIsolated %s', (_name, isolationOf) => {
  let isolation: Isolation;
  beforeEach(async () => {
    isolation = await isolationOf();
  });

  it('gives both streams and the exit code', async () => {
    const pages = { '': { stdout: 'out\n', stderr: 'err\n', exit: 3 } };
    expect(await run({ pages }, ['--help'], { isolation })).toMatchObject({
      stdout: 'out\n',
      stderr: 'err\n',
      exitCode: 3,
      signal: null,
      truncated: false,
      timedOut: false,
    });
  });

  it('hands over an environment made from nothing', async () => {
    process.env['CLIPARITY_TEST_SECRET'] = 'hunter2-planted';
    try {
      const env = { EXTRA: 'yes', HOME: '/not/this' };
      const { stdout } = await run({ pages: { '': { behaviour: { kind: 'env' } } } }, ['--help'], { isolation, env });
      expect(stdout).not.toContain('hunter2-planted');
      const lines = stdout
        .trim()
        .split('\n')
        .filter((line) => !/^(PWD|OLDPWD|SHLVL|_)=/.test(line));
      expect(lines.sort()).toEqual([
        'COLUMNS=77',
        'CWD=$TMPDIR',
        'EXTRA=yes',
        'HOME=$HOME',
        'HTTPS_PROXY=http://127.0.0.1:9',
        'HTTP_PROXY=http://127.0.0.1:9',
        'LANG=C.UTF-8',
        'NO_COLOR=1',
        'NO_PROXY=',
        'PATH=/usr/bin:/bin',
        'TERM=dumb',
        'TMPDIR=$TMPDIR',
        'XDG_CACHE_HOME=$HOME/.cache',
        'XDG_CONFIG_HOME=$HOME/.config',
        'XDG_DATA_HOME=$HOME/.local/share',
        'XDG_RUNTIME_DIR=$TMPDIR',
        'XDG_STATE_HOME=$HOME/.local/state',
        'http_proxy=http://127.0.0.1:9',
        'https_proxy=http://127.0.0.1:9',
        'no_proxy=',
      ]);
    } finally {
      delete process.env['CLIPARITY_TEST_SECRET'];
    }
  });

  it('reaches loopback without a proxy where that is asked for', async () => {
    const pages = { '': { behaviour: { kind: 'env' } as const } };
    const { stdout } = await run({ pages }, ['--help'], { isolation, loopback: true });
    const direct = '127.0.0.1,localhost,::1';
    expect(stdout.split('\n')).toEqual(expect.arrayContaining([`NO_PROXY=${direct}`, `no_proxy=${direct}`]));
    expect(stdout).toContain('HTTP_PROXY=http://127.0.0.1:9');
  });

  it('kills what hangs, whole', async () => {
    const seconds = oddSeconds();
    const pages = { '': { behaviour: { kind: 'slow', seconds } as const } };
    const result = await run({ pages }, ['--help'], { isolation, timeoutMs: 150 });
    expect(couldNotRun(result, 'fake --help')).toMatchObject({ code: 'PAGE_TIMEOUT' });
    expect(await gone(String(seconds))).toEqual([]);
  });

  it('cuts off at the cap and keeps what came before', async () => {
    const pages = { '': { behaviour: { kind: 'bytes', count: 1e12 } as const } };
    const result = await run({ pages }, ['--help'], { isolation, maxOutputBytes: 1000 });
    expect(result.stdout).toBe('x'.repeat(1000));
    expect(couldNotRun(result, 'fake')).toMatchObject({ code: 'PAGE_TOO_LARGE' });
  });

  it('leaves no child behind', async () => {
    const seconds = oddSeconds();
    const pages = { '': { stdout: 'page\n', behaviour: { kind: 'leave-child', seconds } as const } };
    expect(await run({ pages }, ['--help'], { isolation })).toMatchObject({ exitCode: 0, stdout: 'page\n' });
    expect(await gone(String(seconds))).toEqual([]);
  });

  it('stops when told to', async () => {
    const seconds = oddSeconds();
    const stop = new AbortController();
    const pages = { '': { behaviour: { kind: 'slow', seconds } as const } };
    const running = run({ pages }, ['--help'], { isolation, signal: stop.signal });
    while ((await alive(`sleep\0${seconds}`)).length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    stop.abort();
    await expect(running).rejects.toMatchObject({ code: 'INTERRUPTED' });
    expect(await gone(String(seconds))).toEqual([]);
    await expect(run({ pages }, ['--help'], { isolation, signal: stop.signal })).rejects.toMatchObject({
      exitCode: 130,
    });
  });

  it('decodes what is not UTF-8 and keeps NULs and escapes', async () => {
    const stdout = Buffer.from([0x1b, 0x5b, 0x31, 0x6d, 0x00, 0xff, 0x0d, 0x0a]);
    expect((await run({ pages: { '': { stdout } } }, ['--help'], { isolation })).stdout).toBe('\u001b[1m\0\ufffd\r\n');
  });

  it('deletes the private folders, closed ones too', async () => {
    const script = join(folder, 'mess');
    await writeFile(
      script,
      '#!/bin/sh\nmkdir -p "$HOME/a/b" "$TMPDIR/c"\ntouch "$HOME/a/b/f"\nchmod 500 "$HOME/a/b" "$HOME/a"\n',
    );
    await chmod(script, 0o755);
    const scratch = join(folder, 'scratch');
    const spec = { file: script, args: [], scratch, timeoutMs: 9000, maxOutputBytes: 1000, columns: 80, isolation };
    expect(await runIsolated(spec)).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await readdir(scratch)).toEqual([]);
  });

  it('maps what cannot start', async () => {
    const start = async (name: string, mode: number): Promise<string | undefined> => {
      const file = join(folder, name);
      if (mode !== 0) await writeFile(file, '#!/bin/sh\necho hi\n');
      if (mode !== 0) await chmod(file, mode);
      const scratch = join(folder, 'scratch');
      const result = await runIsolated({
        file,
        args: [],
        scratch,
        timeoutMs: 9000,
        maxOutputBytes: 1000,
        columns: 80,
        isolation,
      });
      return couldNotRun(result, name)?.code;
    };
    expect(await start('absent', 0)).toBe('BINARY_COULD_NOT_RUN');
    expect(await start('closed', 0o644)).toBe('BINARY_NOT_EXECUTABLE');
    expect(await start('open', 0o755)).toBeUndefined();
  });

  it('maps exit 127', async () => {
    const result = await run({ pages: { '': { exit: 127, stderr: 'tool: no\n' } } }, ['--help'], { isolation });
    expect(couldNotRun(result, 'tool')).toMatchObject({ code: 'BINARY_COULD_NOT_RUN' });
  });
});

const here = await isolationHere();
const withKeeper = here.keeper === undefined ? it.skip : it;
const withProcesses = here.processes ? it : it.skip;

describe('runIsolated where namespaces can be had (skipped where they cannot)', () => {
  let server: Server;
  let port: number;
  beforeEach(async () => {
    server = createServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as { port: number }).port;
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  it('reaches no network, not even the loopback', async () => {
    const pages = { '': { behaviour: { kind: 'connect', port } as const } };
    const open = await run({ pages }, ['--help'], { isolation: NO_NAMESPACES });
    expect(open.stdout).toBe('connected\n');
    const isolation = await isolationHere();
    const closed = await run({ pages }, ['--help'], { isolation });
    expect(closed.stdout).toBe(isolation.network ? 'refused\n' : 'connected\n');
  });

  withKeeper('takes nothing for a page that was printed while the namespaces went', async () => {
    const isolation = await isolationHere();
    const keeper = isolation.keeper as Keeper;
    const pages = { '': { behaviour: { kind: 'hang' } as const } };
    const running = run({ pages }, ['--help'], { isolation, timeoutMs: 1000 });
    process.kill(keeper.pid, 'SIGKILL');
    await expect(running).rejects.toMatchObject({ code: 'ISOLATION_FAILED' });
    // The next one gets a keeper of its own.
    const again = await isolationHere();
    expect(again.keeper?.pid).not.toBe(keeper.pid);
    expect(await run({ pages: { '': 'page\n' } }, ['--help'])).toMatchObject({ exitCode: 0, stdout: 'page\n' });
  });

  withProcesses('takes in what was printed before it gives up waiting, however late it is', async () => {
    const [file, marker] = [join(folder, 'late.sh'), join(folder, 'printed')];
    const late = `: > '${marker}.apart'; sleep 0.1; echo page; : > '${marker}'`;
    // Ends when what it leaves behind is in no danger of being killed with its group.
    const script = `#!/bin/sh\nsetsid sh -c "${late}" &\nuntil [ -e '${marker}.apart' ]; do sleep 0.01; done\n`;
    await writeFile(file, script, { mode: 0o755 });
    const busy = new Int32Array(new SharedArrayBuffer(4));
    // Once the child has ended, our thread does other things until the page is there and the grace over: as on a busy machine.
    const release = (): void =>
      process.nextTick(() => {
        while (!existsSync(marker)) Atomics.wait(busy, 0, 0, 20);
        Atomics.wait(busy, 0, 0, 400);
      });
    const keeper: Keeper = { ...obedient, release };
    const common = { scratch: join(folder, 'scratch'), maxOutputBytes: 1000, columns: 80, timeoutMs: 20_000 };
    const result = await runIsolated({ ...common, file, args: [], isolation: { ...NO_NAMESPACES, keeper } });
    expect(result).toMatchObject({ exitCode: 0, stdout: 'page\n' });
  });

  it('is stopped by a signal that fires before the child is there', async () => {
    const stop = new AbortController();
    const open = async (): Promise<boolean> => {
      stop.abort();
      return true;
    };
    const keeper: Keeper = { ...obedient, open };
    const running = run({ pages: { '': { behaviour: { kind: 'hang' } } } }, ['--help'], {
      isolation: { ...NO_NAMESPACES, keeper },
      signal: stop.signal,
    });
    await expect(running).rejects.toMatchObject({ code: 'INTERRUPTED' });
  });

  withProcesses('ends children that left the process group', async () => {
    const isolation = await isolationHere();
    const seconds = oddSeconds();
    const behaviour = { kind: 'leave-child', seconds, session: true } as const;
    await run({ pages: { '': { behaviour } } }, ['--help'], { isolation });
    expect(await gone(String(seconds))).toEqual([]);
  });

  it('leaves no zombie behind, however runs end', async () => {
    const behaviour = { kind: 'hang' } as const;
    const { path } = await makeFakeCli(folder, { pages: { '': 'page\n', hang: { behaviour } } });
    const common = { file: path, scratch: join(folder, 'scratch'), maxOutputBytes: 1000, columns: 80 };
    const argvOf = (n: number): string[] => (n % 20 === 0 ? ['hang', '--help'] : ['--help']);
    for (let n = 0; n < 200; n += 8) {
      const batch = Array.from({ length: 8 }, (_, i) => argvOf(n + i));
      await Promise.all(
        batch.map((args) => runIsolated({ ...common, args, timeoutMs: args.length === 2 ? 50 : 9000 })),
      );
    }
    const { stdout } = await new Promise<{ stdout: string }>((resolve, reject) => {
      execFile('ps', ['-eo', 'ppid=,stat='], (error, out) =>
        error === null ? resolve({ stdout: out }) : reject(error),
      );
    });
    const mine = stdout
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter(([ppid]) => ppid === String(process.pid));
    expect(mine.filter(([, stat]) => stat?.startsWith('Z'))).toEqual([]);
    expect(await gone(path)).toEqual([]);
  }, 120_000);
});

describe('checkBinary', () => {
  it('tells a foreign binary from ours before it is started', async () => {
    const host = hostOf();
    const foreign = join(folder, 'foreign');
    const machine = host.arch === 'aarch64' ? 62 : 183;
    const head = Buffer.alloc(200);
    head.set([0x7f, 0x45, 0x4c, 0x46, 2, 1]);
    head[18] = machine;
    await writeFile(foreign, head);
    await expect(checkBinary(foreign, host)).rejects.toMatchObject({ code: 'BINARY_NOT_EXECUTABLE' });
    await chmod(foreign, 0o755);
    await expect(checkBinary(foreign, host)).rejects.toMatchObject({ code: 'BINARY_WRONG_ARCHITECTURE' });
    await expect(checkBinary(join(folder, 'no'), host)).rejects.toMatchObject({ code: 'BINARY_COULD_NOT_RUN' });
    await expect(checkBinary(process.execPath, host)).resolves.toBeUndefined();
  });
});
