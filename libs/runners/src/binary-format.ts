import { archName } from './host.js';

/** What the first bytes of an executable say about where it runs. */
export interface BinaryFormat {
  readonly kind: 'elf' | 'macho' | 'pe' | 'script' | 'unknown';
  /** As a target triple spells it; absent for scripts and what we do not know. */
  readonly arch?: string;
  /** Every architecture of a universal Mach-O binary is there; `arch` is absent then. */
  readonly universal?: boolean;
}

// Machine numbers. Sources: ELF gABI e_machine, Mach-O cputype, PE/COFF Machine.
const ELF: Readonly<Record<number, string>> = { 3: 'i686', 40: 'arm', 62: 'x86_64', 183: 'aarch64', 243: 'riscv64' };
const MACHO: Readonly<Record<number, string>> = { 0x01000007: 'x86_64', 0x0100000c: 'aarch64' };
const PE: Readonly<Record<number, string>> = { 0x14c: 'i686', 0x8664: 'x86_64', 0xaa64: 'aarch64' };

const named = (kind: BinaryFormat['kind'], arch: string | undefined): BinaryFormat =>
  arch === undefined ? { kind } : { kind, arch: archName(arch) };

function elf(view: DataView): BinaryFormat {
  const littleEndian = view.getUint8(5) !== 2;
  return named('elf', ELF[view.getUint16(18, littleEndian)]);
}

function pe(view: DataView): BinaryFormat {
  const header = view.byteLength >= 64 ? view.getUint32(60, true) : 0;
  const readable = header > 0 && header + 6 <= view.byteLength;
  return named('pe', readable ? PE[view.getUint16(header + 4, true)] : undefined);
}

/** How many leading bytes `binaryFormat` wants to see. */
export const FORMAT_HEAD_BYTES = 1024;

/** Reads the format from the leading bytes of a file. Total: anything unknown is `unknown`. */
export function binaryFormat(head: Uint8Array): BinaryFormat {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  if (view.byteLength >= 2 && view.getUint16(0) === 0x2321) return { kind: 'script' };
  if (view.byteLength < 20) return { kind: 'unknown' };
  const magic = view.getUint32(0);
  if (magic === 0x7f454c46) return elf(view);
  if (magic === 0xcffaedfe) return named('macho', MACHO[view.getUint32(4, true)]);
  if (magic === 0xcafebabe) return { kind: 'macho', universal: true };
  if (view.getUint16(0) === 0x4d5a) return pe(view);
  return { kind: 'unknown' };
}
