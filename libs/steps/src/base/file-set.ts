import type { FileSet } from '@cliparity/plugin-api';

/** A file set over a map; names in byte order. */
export function fileSetOf(files: ReadonlyMap<string, Uint8Array>): FileSet {
  return {
    get: (name) => files.get(name),
    names: () => [...files.keys()].sort((a, b) => (a < b ? -1 : 1)),
  };
}

/** A file set of texts, encoded as UTF-8. */
export function fileSetOfTexts(files: Iterable<readonly [string, string]>): FileSet {
  const encoder = new TextEncoder();
  return fileSetOf(new Map([...files].map(([name, text]) => [name, encoder.encode(text)])));
}

const decoder = new TextDecoder('utf-8', { fatal: true });

/** The JSON document of one file of the set; undefined when the file is absent. Throws SyntaxError on anything else. */
export function jsonOf(files: FileSet, name: string): unknown {
  const bytes = files.get(name);
  return bytes === undefined ? undefined : (JSON.parse(decoder.decode(bytes)) as unknown);
}
