import { readdirSync } from 'node:fs';
import { emulatorsHere } from './emulators.js';

/** A program that executes Linux binaries of another architecture. */
export interface Emulator {
  /** As a target triple spells it. */
  readonly arch: string;
  /** Absolute path of the emulator. */
  readonly path: string;
  /** Where that architecture’s C library lies, when it is here. */
  readonly sysroot?: string;
}

/** This machine, in the words of a Target. */
export interface Host {
  readonly os: 'linux' | 'macos' | 'windows';
  /** As a target triple spells it: `x86_64`, `aarch64`, `i686`, … */
  readonly arch: string;
  /** The C library programs are linked with here; Linux only. */
  readonly libc?: 'gnu' | 'musl';
  /** What can stand in for other architectures; Linux only. */
  readonly emulators?: readonly Emulator[];
}

/** What `hostOf` reads of the process; a test hands over its own. */
export interface HostFacts {
  readonly platform: string;
  readonly arch: string;
  /** The loader of glibc when the machine has one: what a gnu binary needs. */
  readonly glibc: () => string | undefined;
  readonly emulators: () => readonly Emulator[];
}

const ARCHES: Readonly<Record<string, string>> = {
  x64: 'x86_64',
  amd64: 'x86_64',
  arm64: 'aarch64',
  ia32: 'i686',
  x86: 'i686',
  i386: 'i686',
};

/** One spelling for an architecture, whoever named it: `x64`, `amd64` → `x86_64`; `arm64` → `aarch64`. */
export function archName(arch: string): string {
  return ARCHES[arch] ?? arch;
}

function glibcLoader(): string | undefined {
  const folders = ['/lib64', '/lib'];
  const names = folders.flatMap((folder) => {
    try {
      return readdirSync(folder);
    } catch {
      return [];
    }
  });
  return names.find((name) => /^ld-linux.*\.so/.test(name));
}

const thisProcess: HostFacts = {
  platform: process.platform,
  arch: process.arch,
  glibc: glibcLoader,
  emulators: () => emulatorsHere(),
};

/** Describes this machine. Anything but macOS and Windows is treated as a Linux. */
export function hostOf(facts: HostFacts = thisProcess): Host {
  const arch = archName(facts.arch);
  if (facts.platform === 'darwin') return { os: 'macos', arch };
  if (facts.platform === 'win32') return { os: 'windows', arch };
  const libc = facts.glibc() === undefined ? 'musl' : 'gnu';
  const emulators = facts.emulators().filter((emulator) => emulator.arch !== arch);
  return { os: 'linux', arch, libc, ...(emulators.length > 0 && { emulators }) };
}

/** `linux x86_64 gnu`: for messages and receipts. */
export function hostText(host: Host): string {
  return [host.os, host.arch, host.libc].filter((word) => word !== undefined).join(' ');
}
