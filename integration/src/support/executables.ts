/** The first bytes of a program for a machine that this one is not. */
export function foreignElf(): Buffer {
  const head = Buffer.alloc(128);
  Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]).copy(head);
  head.writeUInt16LE(2, 16);
  head.writeUInt16LE(process.arch === 'x64' ? 183 : 62, 18);
  return head;
}
/** A program of this machine whose one instruction is refused by the processor: 64 bytes of header, 56 of program header, the instruction. */
export function crashingElf(): Buffer {
  const program = Buffer.alloc(124);
  Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]).copy(program);
  program.writeUInt16LE(2, 16);
  program.writeUInt16LE(process.arch === 'x64' ? 62 : 183, 18);
  program.writeUInt32LE(1, 20);
  const [base, length] = [0x400000n, BigInt(program.length)];
  for (const [value, at] of [
    [base + 120n, 24],
    [64n, 32],
    [base, 80],
    [base, 88],
    [length, 96],
    [length, 104],
    [0x1000n, 112],
  ] as const) {
    program.writeBigUInt64LE(value, at);
  }
  for (const [value, at] of [
    [64, 52],
    [56, 54],
    [1, 56],
  ] as const)
    program.writeUInt16LE(value, at);
  for (const [value, at] of [
    [1, 64],
    [5, 68],
  ] as const)
    program.writeUInt32LE(value, at);
  // x86-64: ud2. AArch64: udf #0.
  if (process.arch === 'x64') Buffer.from([0x0f, 0x0b]).copy(program, 120);
  return program;
}
/** The first bytes of a program for Windows. */
export function windowsProgram(): Buffer {
  const head = Buffer.alloc(256);
  head.write('MZ');
  head.writeUInt32LE(128, 60);
  head.write('PE\0\0', 128);
  head.writeUInt16LE(0x8664, 132);
  return head;
}
