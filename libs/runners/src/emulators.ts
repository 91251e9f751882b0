import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Emulator } from './host.js';

/** Architectures that upstreams release for, with what qemu calls them and where Debian puts their C library. */
const ARCHES = [
  { arch: 'aarch64', qemu: 'aarch64', sysroot: '/usr/aarch64-linux-gnu' },
  { arch: 'x86_64', qemu: 'x86_64', sysroot: '/usr/x86_64-linux-gnu' },
  { arch: 'i686', qemu: 'i386', sysroot: '/usr/i686-linux-gnu' },
  { arch: 'armv7', qemu: 'arm', sysroot: '/usr/arm-linux-gnueabihf' },
  { arch: 'riscv64gc', qemu: 'riscv64', sysroot: '/usr/riscv64-linux-gnu' },
] as const;
// Fixed places, not PATH: what a child is started with is the machine's, never the project's.
const FOLDERS = ['/usr/bin', '/usr/local/bin', '/usr/libexec/qemu-binfmt'];

/**
 * The user-mode emulators of this machine. Statically linked ones come first: they need nothing of the machine inside a namespace.
 * `CLIPARITY_EMULATION=off` leaves them out, for a run that must only use what is native.
 */
export function emulatorsHere(
  exists: (path: string) => boolean = existsSync,
  setting: string | undefined = process.env['CLIPARITY_EMULATION'],
): readonly Emulator[] {
  if (setting === 'off') return [];
  return ARCHES.flatMap(({ arch, qemu, sysroot }) => {
    const names = [`qemu-${qemu}-static`, `qemu-${qemu}`];
    const path = names.flatMap((name) => FOLDERS.map((folder) => join(folder, name))).find(exists);
    if (path === undefined) return [];
    return [{ arch, path, ...(exists(join(sysroot, 'lib')) && { sysroot }) }];
  });
}
