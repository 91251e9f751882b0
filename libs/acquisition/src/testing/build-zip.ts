import { crc32, deflateRawSync } from 'node:zlib';

/** A member to put into a test zip. A name may be bytes, which need be no text. */
export interface ZipMember {
  readonly name: string | Uint8Array;
  readonly text?: string;
  /** The whole Unix mode, type included; a regular file's unless said. */
  readonly mode?: number;
  readonly encrypted?: boolean;
  /** What the directory says the size is; the truth unless said. */
  readonly claims?: number;
}

const u16 = (value: number): Buffer => Buffer.from([value & 0xff, value >> 8]);
const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};

interface Packed {
  readonly name: Buffer;
  /** Fields that the local header and the directory have in common, from flags to name length. */
  readonly common: Buffer;
  readonly data: Buffer;
  readonly mode: number;
}

function pack({ name, text = '', mode = 0o100755, encrypted = false, claims }: ZipMember): Packed {
  const plain = Buffer.from(text);
  const data = deflateRawSync(plain);
  const bytes = Buffer.from(name as string);
  const flags = 0x800 | (encrypted ? 1 : 0);
  const sizes = [u32(data.length), u32(claims ?? plain.length)];
  const common = Buffer.concat([u16(flags), u16(8), u32(0), u32(crc32(plain)), ...sizes, u16(bytes.length), u16(0)]);
  return { name: bytes, common, data, mode };
}

/** The bytes of a zip archive made of members, hostile ones included. Source: APPNOTE.TXT 4.3. */
export function buildZip(members: readonly ZipMember[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, common, data, mode } of members.map(pack)) {
    const local = Buffer.concat([u32(0x04034b50), u16(20), common, name, data]);
    const attributes = [u16(0), u16(0), u16(0), u32((mode << 16) >>> 0), u32(offset)];
    directory.push(u32(0x02014b50), u16(0x0314), u16(20), common, ...attributes, name);
    locals.push(local);
    offset += local.length;
  }
  const list = Buffer.concat(directory);
  const count = u16(members.length);
  const end = [u32(0x06054b50), u32(0), count, count, u32(list.length), u32(offset), u16(0)];
  return Buffer.concat([...locals, list, ...end]);
}
