import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { binaryFormat } from './binary-format.js';
import { formatMismatch } from './check-binary.js';

function bytes(patches: Readonly<Record<number, readonly number[]>>, size = 256): Uint8Array {
  const out = new Uint8Array(size);
  for (const [at, values] of Object.entries(patches)) out.set(values, Number(at));
  return out;
}

const elf = (machine: number): Uint8Array => bytes({ 0: [0x7f, 0x45, 0x4c, 0x46, 2, 1], 18: [machine, 0] });

describe('binaryFormat', () => {
  it.each([
    ['ELF x86_64', elf(62), { kind: 'elf', arch: 'x86_64' }],
    ['ELF aarch64', elf(183), { kind: 'elf', arch: 'aarch64' }],
    ['ELF of a machine we do not name', elf(2), { kind: 'elf' }],
    ['big-endian ELF', bytes({ 0: [0x7f, 0x45, 0x4c, 0x46, 2, 2], 18: [0, 183] }), { kind: 'elf', arch: 'aarch64' }],
    ['Mach-O', bytes({ 0: [0xcf, 0xfa, 0xed, 0xfe, 0x0c, 0, 0, 1] }), { kind: 'macho', arch: 'aarch64' }],
    ['universal Mach-O', bytes({ 0: [0xca, 0xfe, 0xba, 0xbe] }), { kind: 'macho', universal: true }],
    ['PE', bytes({ 0: [0x4d, 0x5a], 60: [128], 128: [0x50, 0x45, 0, 0, 0x64, 0x86] }), { kind: 'pe', arch: 'x86_64' }],
    ['PE whose header lies further on', bytes({ 0: [0x4d, 0x5a], 60: [0, 9] }), { kind: 'pe' }],
    ['script', Buffer.from('#!/bin/sh\n'), { kind: 'script' }],
    ['text', Buffer.from('hello hello hello hello'), { kind: 'unknown' }],
    ['nothing', new Uint8Array(), { kind: 'unknown' }],
  ])('knows %s', (_name, head, format) => {
    expect(binaryFormat(head)).toEqual(format);
  });

  it('answers for any bytes', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        fc.constantFrom(0x7f454c46, 0x4d5a0000, 0xcffaedfe),
        (head, magic) => {
          const patched = new Uint8Array(head);
          if (patched.length >= 4) new DataView(patched.buffer).setUint32(0, magic);
          expect(binaryFormat(patched)).toHaveProperty('kind');
        },
      ),
    );
  });
});

describe('formatMismatch', () => {
  const host = { os: 'linux', arch: 'x86_64', libc: 'gnu' } as const;
  it('names both machines', () => {
    expect(formatMismatch({ kind: 'elf', arch: 'aarch64' }, host)).toMatch(/linux aarch64.*linux x86_64 gnu/);
    expect(formatMismatch({ kind: 'pe' }, host)).toMatch(/windows/);
  });
  it('lets through what may run', () => {
    expect(formatMismatch({ kind: 'elf', arch: 'x86_64' }, host)).toBeUndefined();
    expect(formatMismatch({ kind: 'macho', universal: true }, { os: 'macos', arch: 'aarch64' })).toBeUndefined();
    expect(formatMismatch({ kind: 'script' }, host)).toBeUndefined();
    expect(formatMismatch({ kind: 'unknown' }, host)).toBeUndefined();
  });
});
