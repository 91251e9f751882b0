import { describe, expect, it } from '@jest/globals';
import { isolated, isolationReport, NO_NAMESPACES, probeIsolation } from './isolation.js';

describe('probeIsolation', () => {
  const allows = (pattern: RegExp) => (command: { args: readonly string[] }) =>
    Promise.resolve(pattern.test(command.args.join(' ')));

  it('takes everything where root may', async () => {
    const isolation = await probeIsolation('/bin/unshare', allows(/./));
    expect(isolation).toMatchObject({ network: true, processes: true });
    expect(isolation.prefix).not.toContain('--user');
    expect(isolationReport(isolation)).toEqual({ network: 'namespace', processes: 'namespace', weaknesses: [] });
  });
  it('makes a user namespace where root’s way is closed', async () => {
    const isolation = await probeIsolation('/bin/unshare', allows(/--user/));
    expect(isolation.prefix.slice(0, 3)).toEqual(['/bin/unshare', '--user', '--map-current-user']);
  });
  it('keeps the network away where processes cannot be', async () => {
    const isolation = await probeIsolation('/bin/unshare', allows(/^(?!.*--pid).*--user/));
    expect(isolation).toMatchObject({ network: true, processes: false });
    expect(isolationReport(isolation).weaknesses).toHaveLength(1);
  });
  it('falls back to none, and says so', async () => {
    expect(await probeIsolation('/bin/unshare', allows(/^$/))).toBe(NO_NAMESPACES);
    expect(isolationReport(NO_NAMESPACES)).toMatchObject({ network: 'dead-proxy', processes: 'group' });
    expect(isolationReport(NO_NAMESPACES).weaknesses).toHaveLength(2);
  });
});

describe('isolated', () => {
  const command = { file: '/x', args: ['--help'] };
  it('puts the namespaces first', () => {
    expect(isolated(command, { prefix: ['u', '--net', '--'], network: true, processes: false })).toEqual({
      file: 'u',
      args: ['--net', '--', '/x', '--help'],
    });
    expect(isolated(command, NO_NAMESPACES)).toBe(command);
  });
});
