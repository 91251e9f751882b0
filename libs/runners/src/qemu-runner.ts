import { archName, type Emulator } from './host.js';
import type { CanRun, Runner, RunTarget } from './runner.js';

function canRun(target: RunTarget, emulator: Emulator): CanRun {
  if (target.os !== 'linux' || archName(target.arch) !== emulator.arch)
    return { ok: false, reason: `${target.id} is not for linux ${emulator.arch}`, remedy: 'Use another runner.' };
  // A musl release is linked statically; a gnu one asks for the loader of its own architecture.
  if (target.libc === 'gnu' && emulator.sysroot === undefined)
    return {
      ok: false,
      reason: `${target.id} needs the glibc of ${emulator.arch}, which is not here`,
      remedy: `Install the C library of ${emulator.arch} for cross use, or run this on a linux ${emulator.arch} machine.`,
    };
  return { ok: true };
}

/** Executes a Linux binary of another architecture through qemu’s user-mode emulation; its pages have the bytes they have on such a machine. */
export function qemuRunner(emulator: Emulator): Runner {
  const sysroot = emulator.sysroot === undefined ? [] : ['-L', emulator.sysroot];
  return {
    id: 'qemu-user',
    canRun: (target) => canRun(target, emulator),
    command: (binary, argv) => ({ file: emulator.path, args: [...sysroot, binary, ...argv] }),
    machine: () => ({ os: 'linux', arch: emulator.arch }),
  };
}
