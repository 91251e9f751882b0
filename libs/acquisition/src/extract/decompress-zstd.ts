/**
 * Largest window we read: `zstd` up to level 20, and `--long=25`. Beyond it the decoder misreads far offsets (measured with `--long=27`: wrong
 * bytes, right length), which no checksum of its own would notice.
 */
const LARGEST_WINDOW = 32 * 2 ** 20;
/** Fed in small bites: one byte can stand for 32 kB of output, all of which is held until it is asked for. */
const BITE = 2048;
const MAGIC = 0xfd2fb528;

/** Bytes of window that the first frame asks for; 0 when the text is too short or no frame. Source: RFC 8878, 3.1.1.1. */
export function zstdWindow(head: Buffer): number {
  if (head.length < 14 || head.readUInt32LE(0) !== MAGIC) return 0;
  const flags = head[4] ?? 0;
  if ((flags & 0b10_0000) === 0) {
    const descriptor = head[5] ?? 0;
    const base = 2 ** (10 + (descriptor >> 3));
    return base + (base / 8) * (descriptor & 7);
  }
  const at = 5 + [0, 1, 2, 4][flags & 3]!;
  return contentSize(head, at, flags >> 6);
}

function contentSize(head: Buffer, at: number, form: number): number {
  if (form === 0) return head[at] ?? 0;
  if (form === 1) return head.readUInt16LE(at) + 256;
  return head.length < at + 8 ? 0 : form === 2 ? head.readUInt32LE(at) : Number(head.readBigUInt64LE(at));
}

function checkWindow(window: number): void {
  if (window <= LARGEST_WINDOW) return;
  throw new Error(`it wants a window of ${window} bytes, and more than ${LARGEST_WINDOW} are not read`);
}

/** The window of the frame that a decoder is in; what it calls `e` of its state. */
const windowOf = (stream: object): number => (stream as { readonly s?: { readonly e?: number } }).s?.e ?? 0;

/** Decompresses Zstandard frames as they come. Throws an Error that says what is wrong with them. */
export async function* unzstd(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { Decompress } = await import('fzstd');
  const ready: Uint8Array[] = [];
  const stream = new Decompress((data) => void ready.push(data));
  let first = true;
  for await (const chunk of chunks) {
    // Before memory is reserved for it; further frames are looked at as they come.
    if (first) checkWindow(zstdWindow(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)));
    first = false;
    for (let at = 0; at < chunk.length; at += BITE) {
      stream.push(chunk.subarray(at, at + BITE));
      checkWindow(windowOf(stream));
      yield* ready.splice(0);
    }
  }
  // Fails when a frame is not whole.
  stream.push(new Uint8Array(0), true);
  yield* ready.splice(0);
}
