/** What came of a stream, cut at line feeds. */
export interface LineSplitter {
  readonly push: (chunk: Buffer) => void;
  /** Ends the stream: what stands after the last line feed becomes a last line. */
  readonly end: () => {
    readonly unfinished: boolean;
    readonly invalidUtf8: boolean;
    readonly carriageReturns: boolean;
  };
}

/**
 * Calls `onLine` with every line, decoded as UTF-8 (what is not becomes U+FFFD) and without its line feed or a carriage return before it.
 * Linear however long a line is.
 */
export function createLineSplitter(onLine: (line: string) => void): LineSplitter {
  let held: Buffer[] = [];
  let invalidUtf8 = false;
  let carriageReturns = false;
  const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

  const decode = (bytes: Buffer): string => {
    try {
      return strict.decode(bytes);
    } catch {
      invalidUtf8 = true;
      return bytes.toString('utf8');
    }
  };
  const emit = (last: Buffer): void => {
    const bytes = held.length === 0 ? last : Buffer.concat([...held, last]);
    held = [];
    const text = decode(bytes);
    if (text.endsWith('\r')) carriageReturns = true;
    onLine(text.endsWith('\r') ? text.slice(0, -1) : text);
  };
  return {
    push: (chunk) => {
      let from = 0;
      for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, from)) {
        emit(chunk.subarray(from, at));
        from = at + 1;
      }
      if (from < chunk.length) held.push(chunk.subarray(from));
    },
    end: () => {
      const unfinished = held.length > 0;
      if (unfinished) emit(Buffer.alloc(0));
      return { unfinished, invalidUtf8, carriageReturns };
    },
  };
}
