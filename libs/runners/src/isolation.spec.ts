import { describe, expect, it } from '@jest/globals';
import type { Keeper } from './keeper.js';
import { isolationReport } from './isolation-report.js';
import { isolated, NO_NAMESPACES, probeIsolation, type Isolation, type Probe } from './isolation.js';

/** A keeper of a test: it obeys unless told otherwise. */
function fakeKeeper(obeys: boolean, told: string[] = []): Keeper {
  const answer = (order: string) => async (path: string) => {
    told.push(`${order} ${path}`);
    return Promise.resolve(obeys);
  };
  const silent = (): void => undefined;
  const verbs = { close: answer('close'), open: answer('open') };
  return { pid: 7, lost: false, keep: silent, release: silent, end: () => void told.push('end'), ...verbs };
}
const MOUNTS = `1 0 8:1 / / rw - ext4 x rw\n2 1 0:2 / /proc rw - proc proc rw\n3 1 0:3 / /dev/shm rw - tmpfs t rw`;

/** A machine that allows the command lines of a pattern, and keepers behind the prefixes of another. */
function machine(allows: RegExp, keeps = /^$/, keeper = fakeKeeper(true)): Probe {
  return {
    tool: (name) => `/bin/${name}`,
    works: async ({ args }) => Promise.resolve(allows.test(args.join(' '))),
    keeper: async (prefix) => Promise.resolve(keeps.test(prefix.join(' ')) ? keeper : undefined),
    mountinfo: () => MOUNTS,
    writable: (path) => path === '/',
  };
}

describe('probeIsolation', () => {
  it('takes everything where a keeper may close network and files', async () => {
    const told: string[] = [];
    const isolation = await probeIsolation(machine(/./, /--mount --net/, fakeKeeper(true, told)));
    expect(isolation).toMatchObject({ network: true, processes: true, files: true, users: true });
    expect(told).toEqual(['close /', 'close /dev/shm']);
    expect(isolation.prefix.slice(0, 3)).toEqual(['/bin/nsenter', '--mount=/proc/7/ns/mnt', '--net=/proc/7/ns/net']);
    expect(isolationReport(isolation)).toEqual({
      network: 'namespace',
      processes: 'namespace',
      files: 'read-only',
      secrets: 'apart',
      weaknesses: [],
    });
  });
  it('enters the keeper’s user namespace where root’s way is closed', async () => {
    const { prefix } = await probeIsolation(machine(/./, /--user/));
    expect(prefix.slice(0, 3)).toEqual(['/bin/nsenter', '--user=/proc/7/ns/user', '--preserve-credentials']);
  });
  it('says when children cannot have a user namespace of their own', async () => {
    const isolation = await probeIsolation(machine(/^(?!.*--map-)/, /--mount/));
    expect(isolation).toMatchObject({ files: true, users: false });
    expect(isolationReport(isolation).weaknesses).toHaveLength(1);
  });
  it('lets each child make its own namespaces where the files cannot be closed, and the keeper go', async () => {
    const told: string[] = [];
    const isolation = await probeIsolation(machine(/./, /--mount/, fakeKeeper(false, told)));
    expect(isolation).toMatchObject({ network: true, processes: true, files: false, users: true });
    expect(isolation).not.toHaveProperty('keeper');
    expect(isolation.prefix.slice(0, 3)).toEqual(['/bin/unshare', '--user', '--map-current-user']);
    expect(told).toEqual(['close /', 'end', 'close /', 'end']);
  });
  it('does without a keeper that is gone before it was asked', async () => {
    const gone = (): never => {
      throw new Error('ENOENT');
    };
    const isolation = await probeIsolation({ ...machine(/./, /--mount/), mountinfo: gone });
    expect(isolation).toMatchObject({ network: true, files: false });
  });
  it('leaves alone what cannot be closed and cannot be written either', async () => {
    const keeper = { ...fakeKeeper(true), close: async (path: string) => Promise.resolve(path === '/') };
    expect(await probeIsolation(machine(/./, /--mount/, keeper))).toMatchObject({ files: true });
  });
  it('keeps the network away where processes cannot be', async () => {
    const isolation = await probeIsolation(machine(/^(?!.*--pid).*--user/));
    expect(isolation).toMatchObject({ network: true, processes: false });
    expect(isolationReport(isolation).weaknesses).toHaveLength(2);
  });
  it('falls back to none, and says so', async () => {
    expect(await probeIsolation(machine(/^$/))).toBe(NO_NAMESPACES);
    expect(await probeIsolation({ ...machine(/./), tool: () => undefined })).toBe(NO_NAMESPACES);
    expect(isolationReport(NO_NAMESPACES)).toMatchObject({ network: 'dead-proxy', processes: 'group', files: 'open' });
    expect(isolationReport(NO_NAMESPACES).weaknesses).toHaveLength(4);
  });
});

describe('isolated', () => {
  const command = { file: '/x', args: ['--help'] };
  const words: Isolation = { ...NO_NAMESPACES, prefix: ['u', '--net', '--'], network: true };
  it('puts the namespaces first, and says where to start when they forget it', () => {
    expect(isolated(command, words, '/w')).toEqual({ file: 'u', args: ['--net', '--', '/x', '--help'] });
    expect(isolated(command, { ...words, keeper: fakeKeeper(true) }, '/w')).toEqual({
      file: 'u',
      args: ['--net', '--wd=/w', '--', '/x', '--help'],
    });
    expect(isolated(command, NO_NAMESPACES, '/w')).toBe(command);
  });
});
