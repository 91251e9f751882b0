import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa, type Options } from 'execa';

/** The workspace under test. */
export const HOUSE = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
/** A day on which nothing of the committed roots was due: locks and fixtures fall due by the calendar, tests must not. */
export const COMMITTED_ON = '2026-11-20';
/** The binaries that `nx run integration:test-artifacts` fetched. */
export const ARTIFACTS = join(HOUSE, 'dist/test-artifacts/store');

/** A copy of the tracked files in a folder of its own, with the same packages installed. */
export interface Clone {
  readonly path: string;
  /** Runs a program there; nothing but loopback is reachable. */
  run(
    file: string,
    args: readonly string[],
    env?: Readonly<Record<string, string>>,
  ): Promise<{ readonly exit: number | undefined; readonly stdout: string; readonly stderr: string }>;
  remove(): Promise<void>;
}

const OFFLINE = {
  HTTP_PROXY: 'http://127.0.0.1:9',
  HTTPS_PROXY: 'http://127.0.0.1:9',
  NO_PROXY: '127.0.0.1',
  NO_COLOR: '1',
  // The artifacts of the tests are this machine’s own; with an emulator here others would be asked for too.
  CLIPARITY_EMULATION: 'off',
};

async function filesOf(workspace: string): Promise<readonly string[]> {
  const { stdout } = await execa('git', ['ls-files', '-co', '--exclude-standard', '-z'], { cwd: workspace });
  return stdout.split('\0').filter((name) => name !== '');
}

/** Copies what git would commit, makes it a repository of its own, and builds the command there. */
export async function makeClone(): Promise<Clone> {
  const path = await mkdtemp(join(tmpdir(), 'cliparity-clone-'));
  for (const name of await filesOf(HOUSE)) {
    const to = join(path, name);
    await mkdir(dirname(to), { recursive: true });
    // A file deleted but not yet committed is listed too.
    await cp(join(HOUSE, name), to).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
  }
  await symlink(join(HOUSE, 'node_modules'), join(path, 'node_modules'));
  const home = join(path, '.cliparity', 'home');
  await mkdir(home, { recursive: true });
  const run: Clone['run'] = async (file, args, env = {}) => {
    const options: Options = {
      cwd: path,
      reject: false,
      env: { ...OFFLINE, HOME: home, CLIPARITY_STORE: ARTIFACTS, ...env },
    };
    const { exitCode, stdout, stderr } = await execa(file, [...args], options);
    return { exit: exitCode, stdout: String(stdout), stderr: String(stderr) };
  };
  await run('git', ['init', '-q']);
  await run('git', ['add', '-A']);
  await run('git', ['-c', 'user.name=t', '-c', 'user.email=t@localhost', 'commit', '-qm', 'clone']);
  await run(process.execPath, ['tools/repo/bin/build.mjs']);
  return { path, run, remove: () => rm(path, { recursive: true, force: true }) };
}
