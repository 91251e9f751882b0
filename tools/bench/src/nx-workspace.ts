import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { digestOf, type Lock, type LockEntry } from '@cliparity/model';
import type { BenchContext } from './harness.js';
import { mustRun } from './run-program.js';
import { scratchFolder } from './scratch-folder.js';

/** A workspace of a benchmark's own in which Nx runs as in a user's, with our plugin as it is published. */
export interface NxWorkspace {
  /** Runs Nx there to its end; throws when it does not end well. */
  readonly nx: (...words: string[]) => Promise<string>;
  /** Forgets the graph that Nx keeps, and what Nx keeps of tasks. */
  readonly forget: () => Promise<void>;
  /** Deletes what tasks made, too: the next run does everything from the committed snapshots. */
  readonly undo: () => Promise<void>;
  readonly remove: () => Promise<void>;
}
export interface NxWorkspaceShape {
  /** Locked versions of the one root; each has the four targets of codex and a committed snapshot of the required one. */
  readonly versions: number;
  /** How many commands of the real program each snapshot keeps; all unless said. */
  readonly commands?: number;
  /** Leaves out our plugin, and nothing else. */
  readonly bare?: boolean;
}

/** The real version whose lock entries, snapshot and coverage all made-up versions have. */
const MODEL = '0.125.0';
const TARGET = 'x86_64-unknown-linux-musl';
const ROOT = 'cli_manifests/codex';
const NX_ENV = {
  NX_DAEMON: 'false',
  NX_ISOLATE_PLUGINS: 'false',
  NX_NO_CLOUD: 'true',
  NX_TUI: 'false',
  NO_COLOR: '1',
  CI: 'false',
  HTTPS_PROXY: 'http://127.0.0.1:9',
  HTTP_PROXY: 'http://127.0.0.1:9',
};

const AUTHOR = ['-c', 'user.name=bench', '-c', 'user.email=bench@localhost'];

const versionAt = (index: number): string => `0.125.${index}`;

async function put(path: string, content: unknown): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, typeof content === 'string' ? content : `${JSON.stringify(content, null, 2)}\n`);
}

/** The digest by which an up-to-date snapshot names its lock entry. Source: `snapshotProvenance` of libs/surface. */
function binaryDigest(entry: LockEntry): string {
  const { semantic_version, target_triple, binary_sha256, binary_size_bytes, tree_sha256, published_at } = entry;
  const binary = { semantic_version, target_triple, binary_sha256, binary_size_bytes, tree_sha256 };
  return digestOf({ ...binary, collected_at: published_at });
}

/** The real root with as many versions as asked for, whose committed snapshots are up to date: no task needs a binary. */
async function putRoot(house: string, path: string, { versions, commands }: NxWorkspaceShape): Promise<void> {
  const from = (name: string): Promise<string> => readFile(join(house, ROOT, name), 'utf8');
  const to = (name: string): string => join(path, ROOT, name);
  const lock = JSON.parse(await from('artifacts.lock.json')) as Lock;
  const entries = lock.artifacts.filter(({ semantic_version }) => semantic_version === MODEL);
  const real = JSON.parse(await from(`snapshots/${MODEL}/${TARGET}.json`)) as { commands: unknown[] };
  const snapshot = JSON.stringify({ ...real, commands: real.commands.slice(0, commands) }, null, 2);
  const artifacts: LockEntry[] = [];
  for (let index = 0; index < versions; index += 1) {
    const version = versionAt(index);
    const own = entries.map((entry) => ({ ...entry, semantic_version: version }));
    artifacts.push(...own);
    const [before, after] = [entries, own].map((list) => list.find(({ target_triple }) => target_triple === TARGET));
    if (before === undefined || after === undefined) throw new Error(`${MODEL} ${TARGET} is not locked`);
    const text = snapshot.replaceAll(MODEL, version).replace(binaryDigest(before), binaryDigest(after));
    await put(to(`snapshots/${version}/${TARGET}.json`), `${text}\n`);
  }
  await put(to('artifacts.lock.json'), { ...lock, artifacts });
  for (const name of ['cliparity.json', 'wrapper_coverage.json']) await put(to(name), await from(name));
}

async function putNx(house: string, path: string, bare: boolean): Promise<void> {
  const settings = { analytics: false, neverConnectToCloud: true, cacheDirectory: '.nx/cache' };
  await put(join(path, 'nx.json'), { ...settings, plugins: bare ? [] : ['@cliparity/nx'] });
  // As npm leaves it: Nx takes our version from the lock file.
  const [name, version] = ['@cliparity/nx', '0.1.0'];
  const own = { name: 'bench', private: true, devDependencies: { [name]: version } };
  const packages = { '': own, [`node_modules/${name}`]: { version, dev: true } };
  await put(join(path, 'package.json'), own);
  await put(join(path, 'package-lock.json'), { name: 'bench', lockfileVersion: 3, requires: true, packages });
  await put(join(path, '.gitignore'), 'node_modules/\n.nx/\n.cliparity/\n');
  for (const name of ['nx', '@nx/devkit']) {
    const link = join(path, 'node_modules', name);
    await mkdir(dirname(link), { recursive: true });
    await symlink(join(house, 'node_modules', name), link);
  }
  const installed = join(path, 'node_modules/@cliparity/nx');
  await mustRun([process.execPath, join(house, 'plugins/nx/bin/build.mjs'), installed], { cwd: house });
}

/** Makes one; a repository of its own, so that Nx looks no further. */
export async function nxWorkspace({ workspace }: BenchContext, shape: NxWorkspaceShape): Promise<NxWorkspace> {
  const scratch = await scratchFolder(workspace);
  const path = join(scratch.path, 'workspace');
  const home = join(scratch.path, 'home');
  await mkdir(home, { recursive: true });
  await putNx(workspace, path, shape.bare === true);
  await putRoot(workspace, path, shape);
  for (const words of [
    ['init', '-q'],
    ['add', '-A'],
    [...AUTHOR, 'commit', '-qm', 'state'],
  ]) {
    await mustRun(['git', ...words], { cwd: path });
  }
  const forget = (): Promise<void> => rm(join(path, '.nx'), { recursive: true, force: true });
  const env = { ...NX_ENV, HOME: home, CLIPARITY_STORE: join(scratch.path, 'no-store') };
  const program = join(workspace, 'node_modules/.bin/nx');
  return {
    nx: async (...words) => (await mustRun([process.execPath, program, ...words], { cwd: path, env })).stdout,
    forget,
    undo: async () => {
      await forget();
      await mustRun(['git', 'clean', '-fdxq', '-e', 'node_modules'], { cwd: path });
    },
    remove: scratch.remove,
  };
}
