const u24 = (value: number): number[] => [value & 0xff, (value >> 8) & 0xff, value >> 16];

/** A frame header with a window of 2^log bytes and no known length. */
const header = (log: number): Buffer => Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, (log - 10) << 3]);
const block = (type: number, size: number, last: boolean): Buffer =>
  Buffer.from(u24((size << 3) | (type << 1) | (last ? 1 : 0)));

/** Bytes as one Zstandard frame of uncompressed blocks. Source: RFC 8878. */
export function buildZstd(bytes: Uint8Array, windowLog = 17): Buffer {
  const parts = [header(windowLog)];
  for (let at = 0; at < bytes.length; at += 100_000) {
    const piece = bytes.subarray(at, at + 100_000);
    parts.push(block(0, piece.length, at + piece.length === bytes.length), Buffer.from(piece));
  }
  return Buffer.concat(parts);
}

/** A frame that says of `count` blocks that they are 128 kB of zeros: 4 bytes each. */
export function zstdZeros(count: number): Buffer {
  const zeros = Buffer.concat([block(1, 128 * 1024, false), Buffer.from([0])]);
  const end = Buffer.concat([block(1, 1, true), Buffer.from([0])]);
  return Buffer.concat([header(17), ...new Array<Buffer>(count).fill(zeros), end]);
}
