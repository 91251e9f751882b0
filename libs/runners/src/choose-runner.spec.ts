import { describe, expect, it } from '@jest/globals';
import { chooseRunner, requireRunner, runsNatively } from './choose-runner.js';
import { emulatorsHere } from './emulators.js';
import { hostOf, type Host } from './host.js';
import type { RunTarget } from './runner.js';

const gnu: Host = { os: 'linux', arch: 'x86_64', libc: 'gnu' };
const musl: Host = { os: 'linux', arch: 'x86_64', libc: 'musl' };
const mac: Host = { os: 'macos', arch: 'aarch64' };
const windows: Host = { os: 'windows', arch: 'x86_64' };

const linuxGnu: RunTarget = { id: 'x86_64-unknown-linux-gnu', os: 'linux', arch: 'x86_64', libc: 'gnu' };
const linuxMusl: RunTarget = { id: 'x86_64-unknown-linux-musl', os: 'linux', arch: 'x86_64', libc: 'musl' };
const npmName: RunTarget = { id: 'linux-x64', os: 'linux', arch: 'x64' };
const armMac: RunTarget = { id: 'aarch64-apple-darwin', os: 'macos', arch: 'aarch64' };
const armMusl: RunTarget = { id: 'aarch64-unknown-linux-musl', os: 'linux', arch: 'aarch64', libc: 'musl' };
const armGnu: RunTarget = { ...armMusl, id: 'aarch64-unknown-linux-gnu', libc: 'gnu' };
const arm = { arch: 'aarch64', path: '/q/arm' };
const qemu: Host = { ...gnu, emulators: [arm] };
const qemuWithLibc: Host = { ...gnu, emulators: [{ arch: 'aarch64', path: '/q/arm', sysroot: '/sys' }] };
const win: RunTarget = { id: 'x86_64-pc-windows-msvc', os: 'windows', arch: 'x86_64' };
const script: RunTarget = { id: 'any', os: 'any', arch: 'any' };

describe('chooseRunner', () => {
  it.each([
    [linuxGnu, gnu, 'native'],
    [linuxMusl, gnu, 'native'],
    [linuxMusl, musl, 'native'],
    [npmName, gnu, 'native'],
    [armMac, mac, 'native'],
    [win, windows, 'native'],
    [script, gnu, 'node'],
    [script, windows, 'node'],
    [linuxMusl, qemu, 'native'],
    [armMusl, qemu, 'qemu-user'],
    [armGnu, qemuWithLibc, 'qemu-user'],
  ] as const)('runs %j on %j with %s', (target, host, id) => {
    expect(chooseRunner(target, host)).toMatchObject({ ok: true, runner: { id } });
  });

  it.each([
    [linuxGnu, musl, /needs glibc/],
    [linuxMusl, { ...gnu, arch: 'aarch64' }, /built for linux x86_64 .* linux aarch64 gnu/],
    [armMac, gnu, /built for macos aarch64/],
    [win, mac, /built for windows/],
    [armMusl, gnu, /built for linux aarch64/],
    [armGnu, qemu, /needs the glibc of aarch64/],
    [armMac, qemu, /built for macos/],
  ] as const)('refuses %j on %j and says why', (target, host, reason) => {
    const choice = chooseRunner(target, host);
    expect(choice).toMatchObject({ ok: false, reason: expect.stringMatching(reason) });
    expect(choice).toMatchObject({ remedy: expect.stringMatching(/\w/) });
  });

  it('tells what runs as it is from what is emulated, and from what does not run', () => {
    const answers = [
      chooseRunner(linuxMusl, qemu),
      chooseRunner(script, qemu),
      chooseRunner(armMusl, qemu),
      chooseRunner(win, qemu),
    ];
    expect(answers.map(runsNatively)).toEqual([true, true, false, false]);
  });

  it('starts what is emulated through its emulator', () => {
    expect(requireRunner(armMusl, qemu).command('/a/b', ['x'])).toEqual({ file: '/q/arm', args: ['/a/b', 'x'] });
    expect(requireRunner(armMusl, qemu).machine?.(qemu)).toEqual({ os: 'linux', arch: 'aarch64' });
    const withLibc = requireRunner(armGnu, qemuWithLibc).command('/a/b', []);
    expect(withLibc).toEqual({ file: '/q/arm', args: ['-L', '/sys', '/a/b'] });
  });

  it('has an error for callers that need one', () => {
    expect(() => requireRunner(win, gnu)).toThrow(expect.objectContaining({ code: 'NOT_RUNNABLE_HERE' }));
    expect(requireRunner(script, gnu).command('/a/b.js', ['x'])).toEqual({
      file: process.execPath,
      args: ['/a/b.js', 'x'],
    });
  });
});

describe('emulatorsHere', () => {
  const has =
    (...paths: string[]) =>
    (path: string) =>
      paths.includes(path);
  it('finds what is there, the statically linked one first', () => {
    const both = has('/usr/bin/qemu-aarch64-static', '/usr/bin/qemu-aarch64');
    expect(emulatorsHere(both, '')).toEqual([{ arch: 'aarch64', path: '/usr/bin/qemu-aarch64-static' }]);
    const withLibc = has('/usr/bin/qemu-aarch64', '/usr/aarch64-linux-gnu/lib');
    expect(emulatorsHere(withLibc, '')).toEqual([
      { arch: 'aarch64', path: '/usr/bin/qemu-aarch64', sysroot: '/usr/aarch64-linux-gnu' },
    ]);
  });
  it('finds none where there is none, or where they are left out', () => {
    expect(emulatorsHere(has(), undefined)).toEqual([]);
    expect(emulatorsHere(has('/usr/bin/qemu-aarch64'), 'off')).toEqual([]);
  });
});

describe('hostOf', () => {
  it.each([
    [
      { platform: 'linux', arch: 'x64', glibc: () => 'ld-linux.so', emulators: () => [arm] },
      { os: 'linux', arch: 'x86_64', libc: 'gnu', emulators: [arm] },
    ],
    [
      { platform: 'linux', arch: 'arm64', glibc: () => undefined, emulators: () => [arm] },
      { os: 'linux', arch: 'aarch64', libc: 'musl' },
    ],
    [
      { platform: 'darwin', arch: 'arm64', glibc: () => undefined, emulators: () => [arm] },
      { os: 'macos', arch: 'aarch64' },
    ],
    [
      { platform: 'win32', arch: 'x64', glibc: () => undefined, emulators: () => [arm] },
      { os: 'windows', arch: 'x86_64' },
    ],
  ])('reads %j', (facts, host) => {
    expect(hostOf(facts)).toEqual(host);
  });
});
