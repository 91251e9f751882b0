import type { Readable } from 'node:stream';

/** What was read of a stream so far. */
export interface CappedStream {
  /** The text, decoded as UTF-8; what is not UTF-8 becomes U+FFFD. */
  text(): string;
  readonly truncated: boolean;
}

/**
 * Keeps at most `cap` bytes of a stream.
 * @param overflow called once, as soon as there is a byte more
 */
export function capStream(stream: Readable, cap: number, overflow: () => void): CappedStream {
  const chunks: Buffer[] = [];
  let kept = 0;
  let truncated = false;
  stream.on('data', (chunk: Buffer) => {
    const room = cap - kept;
    if (room > 0) chunks.push(chunk.subarray(0, room));
    kept += Math.min(chunk.length, Math.max(room, 0));
    if (chunk.length <= room || truncated) return;
    truncated = true;
    overflow();
  });
  stream.on('error', () => undefined);
  return {
    text: () => Buffer.concat(chunks).toString('utf8'),
    get truncated() {
      return truncated;
    },
  };
}
