import { crc32 } from 'node:zlib';

const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};
const withCrc = (bytes: Buffer): Buffer => Buffer.concat([bytes, u32(crc32(bytes))]);
const padded = (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);

function varint(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(value >>> 7)];
}

/** LZMA2 chunks that hold their bytes as they are. */
function stored(bytes: Uint8Array): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += 0xffff) {
    const piece = bytes.subarray(at, at + 0xffff);
    const size = piece.length - 1;
    parts.push(Buffer.from([at === 0 ? 1 : 2, size >> 8, size & 0xff]), Buffer.from(piece));
  }
  return Buffer.concat([...parts, Buffer.from([0])]);
}

/** Bytes as one xz stream that compresses nothing. Source: the .xz file format, 2 and 3. */
export function buildXz(bytes: Uint8Array): Buffer {
  const flags = Buffer.from([0, 1]);
  const start = Buffer.concat([Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]), withCrc(flags)]);
  // One filter, LZMA2, with a dictionary of 64 kB.
  const blockHeader = withCrc(Buffer.from([2, 0, 0x21, 1, 8, 0, 0, 0]));
  const data = stored(bytes);
  const unpadded = blockHeader.length + data.length + 4;
  const index = withCrc(padded(Buffer.from([0, 1, ...varint(unpadded), ...varint(bytes.length)])));
  const footer = Buffer.concat([u32(index.length / 4 - 1), flags]);
  const end = Buffer.concat([u32(crc32(footer)), footer, Buffer.from('YZ')]);
  return Buffer.concat([start, blockHeader, padded(data), u32(crc32(bytes)), index, end]);
}
