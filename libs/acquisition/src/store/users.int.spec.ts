import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { LockEntry } from '@cliparity/model';
import { pin } from '../acquire/pin.js';
import { setUp, TREE } from '../testing/acquire-fixture.js';
import { bundleChild } from '../testing/bundle-child.js';
import { openStore } from './store.js';

/** Two users where we may choose (root in a container), else ourselves twice: the umask alone makes the difference then. */
const isRoot = process.getuid?.() === 0;
const [ANNA, BEN] = isRoot
  ? [
      { uid: 61_001, gid: 61_000 },
      { uid: 61_002, gid: 61_000 },
    ]
  : [{}, {}];

let folder: string;
let child: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cliparity-users-'));
  await chmod(folder, 0o755);
  child = bundleChild('acquire-child', folder);
});
afterAll(async () => rm(folder, { recursive: true, force: true }));

interface Ran {
  readonly exit: number | null;
  readonly fromStore?: boolean;
  readonly stderr: string;
}

/** Acquires as a user whose umask lets nobody else see anything. */
async function acquireAs(user: object, entry: LockEntry, store: string): Promise<Ran> {
  const args = ['-c', 'umask 077; exec "$@"', 'sh', process.execPath, child, JSON.stringify(entry), store];
  const options = {
    cwd: '/',
    env: { PATH: process.env['PATH'] ?? '' },
    stdio: ['ignore', 'pipe', 'pipe'] as const,
    ...user,
  };
  const running = spawn('sh', args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  const [out, stderr] = await Promise.all([text(running.stdout), text(running.stderr), once(running, 'close')]);
  const told = running.exitCode === 0 ? (JSON.parse(out) as { fromStore: boolean }) : {};
  return { exit: running.exitCode, stderr, ...told };
}

let count = 0;
async function sharedStore(mode: number): Promise<string> {
  const path = join(folder, `store-${(count += 1)}`);
  await mkdir(path);
  await chmod(path, mode);
  return path;
}

describe.each([
  ['file', {}],
  ['tree', TREE],
] as const)('a store that two users share, with a %s', (_, shape) => {
  it('has what either brought, for both', async () => {
    const { request } = await setUp(shape);
    const entry = await pin(request);
    const store = await sharedStore(0o2777);
    expect(await acquireAs(ANNA, entry, store)).toMatchObject({ exit: 0, fromStore: false });
    expect(await acquireAs(BEN, entry, store)).toMatchObject({ exit: 0, fromStore: true });
    const { binaryPath } = (await openStore(store).find(entry)) ?? { binaryPath: '' };
    expect((await stat(dirname(binaryPath))).mode & 0o777).toBe(0o777);
    expect((await openStore(store).verify()).problems).toEqual([]);
  });
  it('has another one’s files in a new tree of one’s own', async () => {
    const { request } = await setUp(shape);
    const entry = await pin(request);
    const tree = await pin((await setUp(TREE)).request);
    const store = await sharedStore(0o777);
    expect(await acquireAs(ANNA, entry, store)).toMatchObject({ exit: 0 });
    expect(await acquireAs(BEN, tree, store)).toMatchObject({ exit: 0, stderr: '' });
    expect((await openStore(store).verify()).problems).toEqual([]);
  });
});

describe('what one user left half-done', () => {
  it('is begun anew by the next, and a dead one’s lock is taken over', async () => {
    const { request, bytes } = await setUp();
    const entry = await pin(request);
    const store = await sharedStore(0o777);
    for (const name of ['partial', 'locks']) {
      await mkdir(join(store, name));
      await chmod(join(store, name), 0o777);
    }
    const partial = join(store, 'partial', `asset-${entry.sha256}.partial`);
    await writeFile(partial, bytes.subarray(0, 20), { mode: 0o600 });
    const dead = await openStore(store).stage(async (stage) => stage.split('/').at(-1) ?? '');
    const ended = spawn(process.execPath, ['-e', ''], { env: {} });
    await once(ended, 'exit');
    await writeFile(join(store, 'locks', `asset-${entry.sha256}.lock`), dead.replace(/-\d+-/, `-${ended.pid}-`));
    await chmod(join(store, 'tmp'), 0o777);
    expect(await acquireAs(BEN, entry, store)).toMatchObject({ exit: 0, fromStore: false, stderr: '' });
  });
});

describe('a store that is somebody else’s', () => {
  it('is read, and what is not in it is refused with what to do', async () => {
    const { request } = await setUp();
    const entry = await pin(request);
    const store = await sharedStore(0o777);
    expect(await acquireAs(ANNA, entry, store)).toMatchObject({ exit: 0 });
    const other = await pin((await setUp(TREE)).request);
    for (const name of ['.', 'locks', 'tmp', 'partial', 'meta']) await chmod(join(store, name), 0o555);
    expect(await acquireAs(BEN, entry, store)).toMatchObject({ exit: 0, fromStore: true });
    const refused = await acquireAs(BEN, other, store);
    // Root may write everywhere, and so may the owner who gives themselves the right: only strangers are refused.
    expect(isRoot ? refused : { exit: 1 }).toMatchObject({ exit: 1 });
    if (isRoot) expect(refused.stderr).toContain('STORE_NOT_WRITABLE');
    for (const name of ['.', 'locks', 'tmp', 'partial', 'meta']) await chmod(join(store, name), 0o777);
  });
});
