import { archName, hostText, type Host } from './host.js';
import type { CanRun, Runner, RunTarget } from './runner.js';

function elsewhere(target: RunTarget, host: Host): string {
  const emulate = target.os === 'linux' && host.os === 'linux' ? 'Install qemu-user-static, run' : 'Run';
  return `${emulate} this on a ${target.os} ${archName(target.arch)} machine, or import the snapshot made there.`;
}

function canRun(target: RunTarget, host: Host): CanRun {
  const arch = archName(target.arch);
  if (target.os === 'any') {
    return {
      ok: false,
      reason: `${target.id} is a script, not a program of ${host.os}`,
      remedy: 'Use the node runner.',
    };
  }
  if (target.os !== host.os || arch !== host.arch) {
    return {
      ok: false,
      reason: `${target.id} is built for ${target.os} ${arch} and this machine is ${hostText(host)}`,
      remedy: elsewhere(target, host),
    };
  }
  // A musl release is linked statically or brings its loader; a gnu one always asks for the loader of glibc.
  if (target.libc === 'gnu' && host.libc === 'musl') {
    return {
      ok: false,
      reason: `${target.id} needs glibc and this machine has musl`,
      remedy: `Capture the musl target instead, install glibc compatibility, or use a machine with glibc.`,
    };
  }
  return { ok: true };
}

/** Executes the binary itself: same operating system, same architecture, a C library that fits. */
export const nativeRunner: Runner = {
  id: 'native',
  canRun,
  command: (binary, argv) => ({ file: binary, args: [...argv] }),
  machine: (host) => host,
};
