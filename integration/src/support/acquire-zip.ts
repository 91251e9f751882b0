import { crc32, deflateRawSync } from 'node:zlib';

/** A member of a test zip. A name may be bytes, which need be no text. */
export interface ZipMember {
  readonly name: string | Uint8Array;
  readonly text?: string | Uint8Array;
  /** The whole Unix mode, type included; an executable file's unless said. */
  readonly mode?: number;
  readonly encrypted?: boolean;
}

const u16 = (value: number): Buffer => Buffer.from([value & 0xff, value >> 8]);
const u32 = (value: number): Buffer =>
  Buffer.from([value, value >>> 8, value >>> 16, value >>> 24].map((b) => b & 0xff));

function pack({ name, text = '', encrypted = false }: ZipMember) {
  const plain = Buffer.from(text as string);
  const data = deflateRawSync(plain);
  const bytes = Buffer.from(name as string);
  const about = [u32(crc32(plain)), u32(data.length), u32(plain.length), u16(bytes.length), u16(0)];
  return { bytes, data, head: Buffer.concat([u16(encrypted ? 0x801 : 0x800), u16(8), u32(0), ...about]) };
}

/** The bytes of a zip archive, hostile ones included. Source: APPNOTE.TXT 4.3. */
export function zipOf(members: readonly ZipMember[]): Buffer {
  const [locals, directory]: [Buffer[], Buffer[]] = [[], []];
  let offset = 0;
  for (const member of members) {
    const { bytes, data, head } = pack(member);
    const local = Buffer.concat([u32(0x04034b50), u16(20), head, bytes, data]);
    const attributes = [u16(0), u16(0), u16(0), u32(((member.mode ?? 0o100755) << 16) >>> 0), u32(offset)];
    directory.push(u32(0x02014b50), u16(0x0314), u16(20), head, ...attributes, bytes);
    locals.push(local);
    offset += local.length;
  }
  const list = Buffer.concat(directory);
  const count = u16(members.length);
  return Buffer.concat([...locals, list, u32(0x06054b50), u32(0), count, count, u32(list.length), u32(offset), u16(0)]);
}
