/** The last bytes of every stream. Source: the .xz file format, 2.1.2.4. */
const FOOTER_MAGIC = [0x59, 0x5a];

/** Notices what stands behind the last stream: only zeros may. */
function makeTail(): { see(chunk: Uint8Array): void; readonly sound: boolean } {
  let last: number[] = [];
  return {
    see(chunk) {
      const end = chunk.findLastIndex((byte) => byte !== 0);
      if (end >= 0) last = [...last, ...chunk.subarray(Math.max(0, end - 1), end + 1)].slice(-2);
    },
    get sound() {
      return last[0] === FOOTER_MAGIC[0] && last[1] === FOOTER_MAGIC[1];
    },
  };
}

/** Decompresses an xz stream as it comes. Throws an Error that says what is wrong with it. */
export async function* unxz(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { default: xz } = await import('xz-decompress');
  const tail = makeTail();
  const iterator = chunks[Symbol.asyncIterator]();
  const packed = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done === true) return controller.close();
      tail.see(value);
      controller.enqueue(value);
    },
  });
  const reader = new xz.XzReadableStream(packed).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      if (value.length > 0) yield value;
    }
  } finally {
    // The decoder lets nobody else in until this one is over.
    await reader.cancel().catch(() => undefined);
  }
  for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) tail.see(next.value);
  if (!tail.sound) throw new Error('something stands behind its end');
}
