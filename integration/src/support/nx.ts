import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { HOUSE } from './clone.js';
import { newFolder, put, type Place } from './place.js';

/** How one run of Nx ended, and what became of each task it started, by id. */
export interface NxRan {
  readonly exit: number | null;
  /** Both streams, as they came. */
  readonly output: string;
  readonly tasks: Readonly<Record<string, 'local' | 'remote' | 'ran' | 'failed'>>;
}

/** A workspace in which Nx runs. Absolute paths. */
export interface NxWorkspace {
  readonly workspace: string;
  readonly home: string;
  readonly store: string;
}

interface RunFile {
  readonly tasks: readonly { readonly taskId: string; readonly cacheStatus: string; readonly status: number }[];
}

/** What a run of Nx left about its tasks. */
export function tasksOf(file: string): NxRan['tasks'] {
  if (!existsSync(file)) return {};
  const { tasks } = JSON.parse(readFileSync(file, 'utf8')) as RunFile;
  const became = ({ cacheStatus, status }: RunFile['tasks'][number]) => {
    if (status !== 0) return 'failed' as const;
    if (cacheStatus === 'remote-cache-hit') return 'remote' as const;
    return cacheStatus === 'local-cache-hit' ? ('local' as const) : ('ran' as const);
  };
  return Object.fromEntries(tasks.map((task) => [task.taskId, became(task)]));
}

const HANDED_ON = ['PATH', 'TMPDIR', 'NODE_OPTIONS', 'CLIPARITY_GUARD_LOG'] as const;
const QUIET = { NX_DAEMON: 'false', NX_ISOLATE_PLUGINS: 'false', NX_NO_CLOUD: 'true', NX_TUI: 'false', NO_COLOR: '1' };

/** Runs Nx there to its end. Nothing but loopback is reachable. */
export async function nx(
  place: NxWorkspace,
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<NxRan> {
  const runFile = join(place.workspace, '.nx/cache/run.json');
  rmSync(runFile, { force: true });
  const handed = HANDED_ON.map((name) => [name, process.env[name]] as const).filter(([, value]) => value !== undefined);
  const proxies = { HTTP_PROXY: 'http://127.0.0.1:9', HTTPS_PROXY: 'http://127.0.0.1:9', NO_PROXY: '127.0.0.1' };
  const child = spawn(process.execPath, [join(HOUSE, 'node_modules/.bin/nx'), ...words], {
    cwd: place.workspace,
    env: {
      ...(Object.fromEntries(handed) as Record<string, string>),
      ...proxies,
      ...QUIET,
      HOME: place.home,
      CLIPARITY_STORE: place.store,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  }
  const exit = await new Promise<number | null>((done, failed) => child.on('error', failed).on('close', done));
  return { exit, output, tasks: tasksOf(runFile) };
}

/** What became of the tasks, without their names. */
export const outcomes = ({ tasks }: NxRan): readonly string[] => [...new Set(Object.values(tasks))].sort();

const NX_JSON = {
  analytics: false,
  neverConnectToCloud: true,
  cacheDirectory: '.nx/cache',
  plugins: ['@cliparity/nx'],
};

/** Links packages of this house into a workspace. */
export function linkPackages(workspace: string, names: readonly string[]): void {
  for (const name of names) {
    const to = join(workspace, 'node_modules', name);
    mkdirSync(dirname(to), { recursive: true });
    symlinkSync(join(HOUSE, 'node_modules', name), to);
  }
}

/** Makes the workspace of a place one of Nx, with our plugin in it as it is published: a user’s workspace has none of our sources. */
export async function withNx(place: Place, nxJson: object = {}): Promise<Place> {
  put(join(place.workspace, 'nx.json'), { ...NX_JSON, ...nxJson });
  put(join(place.workspace, 'package.json'), { name: 'made-up', private: true });
  put(join(place.workspace, '.gitignore'), 'node_modules/\n.nx/\n.cliparity/\n');
  linkPackages(place.workspace, ['nx', '@nx/devkit']);
  const installed = join(place.workspace, 'node_modules/@cliparity/nx');
  await execa(process.execPath, [join(HOUSE, 'plugins/nx/bin/build.mjs'), installed]);
  return place;
}

/** A second checkout of a workspace: committed files, no cache, no store, another home. */
export function secondClone(place: Place): Place {
  const base = newFolder();
  const leftOut = /[\\/](?:\.nx|\.cliparity|\.git)(?:[\\/]|$)/;
  const workspace = join(base, 'workspace');
  cpSync(place.workspace, workspace, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (file) => !leftOut.test(file.slice(place.workspace.length)),
  });
  const [home, store] = [join(base, 'home'), join(base, 'store')];
  mkdirSync(home);
  return {
    base,
    workspace,
    home,
    store,
    root: join(workspace, 'cli_manifests/fake'),
    upstream: join(workspace, 'upstream'),
  };
}

/** A checkout of this very workspace, the packages linked one by one, so that ours are the checkout’s own. */
export async function houseCheckout(): Promise<NxWorkspace> {
  const base = newFolder();
  const workspace = join(base, 'workspace');
  const { stdout } = await execa('git', ['ls-files', '-co', '--exclude-standard', '-z'], { cwd: HOUSE });
  for (const name of stdout.split('\0').filter((file) => file !== '')) {
    mkdirSync(dirname(join(workspace, name)), { recursive: true });
    // A file deleted but not yet committed is listed too.
    await cp(join(HOUSE, name), join(workspace, name)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
  }
  const modules = join(HOUSE, 'node_modules');
  const scoped = (name: string): readonly string[] =>
    name.startsWith('@') ? readdirSync(join(modules, name)).map((inner) => `${name}/${inner}`) : [name];
  const names = readdirSync(modules).filter((name) => !name.startsWith('.') || name === '.bin');
  linkPackages(workspace, names.filter((name) => name !== '@cliparity').flatMap(scoped));
  mkdirSync(join(workspace, 'node_modules/@cliparity'));
  for (const name of readdirSync(join(modules, '@cliparity'))) {
    cpSync(join(modules, '@cliparity', name), join(workspace, 'node_modules/@cliparity', name), {
      verbatimSymlinks: true,
      recursive: true,
    });
  }
  const [home, store] = [join(base, 'home'), join(base, 'store')];
  mkdirSync(home);
  await commitAll(workspace);
  return { workspace, home, store };
}

/** Commits everything there, so that `affected` compares with it. */
export async function commitAll(workspace: string): Promise<void> {
  // Whatever its user has git do otherwise: signatures and hooks are not these tests' matter.
  const plain = ['-c', 'commit.gpgsign=false', '-c', 'core.hooksPath=/nonexistent'];
  const git = (...words: string[]) => execa('git', [...plain, ...words], { cwd: workspace });
  if (!existsSync(join(workspace, '.git'))) await git('init', '-q');
  await git('add', '-A');
  await git('-c', 'user.name=t', '-c', 'user.email=t@localhost', 'commit', '-qm', 'state', '--allow-empty');
}
