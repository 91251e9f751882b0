import { gunzipSync, gzipSync } from 'node:zlib';
import { Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { comparePaths, PageSchema, Sha256, type Page } from '@cliparity/model';

/** The pages of one binary under one set of settings. */
export interface PageKey {
  readonly binary_sha256: string;
  readonly settings_sha256: string;
}
export interface StoredPages {
  /** What the binary said when it was asked for its version. */
  readonly version_output: string;
  readonly pages: readonly Page[];
}

const HeaderSchema = Type.Object(
  {
    page_store_version: Type.Literal(1),
    binary_sha256: Sha256,
    settings_sha256: Sha256,
    version_output: Type.String(),
  },
  { additionalProperties: false },
);

/** More than any CLI's help; a file that unpacks to more is not one of ours. */
const MAX_UNPACKED_BYTES = 512 * 1024 * 1024;
const GZIP_OS_BYTE = 9;
const GZIP_OS_UNKNOWN = 255;

const pageLine = ({ path, argv, stdout, stderr, exit_code, truncated }: Page): string =>
  JSON.stringify({ path, argv, stdout, stderr, exit_code, ...(truncated !== undefined && { truncated }) });

/** The bytes of a page file: gzip over a header line and one line per page, sorted by argv. Same pages, same bytes. */
export function encodePages(key: PageKey, stored: StoredPages): Uint8Array {
  const { binary_sha256, settings_sha256 } = key;
  const { version_output, pages } = stored;
  const header = JSON.stringify({ page_store_version: 1, binary_sha256, settings_sha256, version_output });
  const lines = [...pages].sort((a, b) => comparePaths(a.argv, b.argv)).map(pageLine);
  const packed = gzipSync(`${[header, ...lines].join('\n')}\n`);
  packed[GZIP_OS_BYTE] = GZIP_OS_UNKNOWN;
  return packed;
}

/**
 * Reads a page file.
 * @throws Error saying what is wrong with it; the caller treats such a file as absent
 */
export function decodePages(key: PageKey, bytes: Uint8Array): StoredPages {
  const text = gunzipSync(bytes, { maxOutputLength: MAX_UNPACKED_BYTES }).toString('utf8');
  const [header, ...pages] = text
    .split('\n')
    .slice(0, -1)
    .map((line): unknown => JSON.parse(line));
  if (!Value.Check(HeaderSchema, header)) throw new Error('its first line is not a header of version 1');
  if (header.binary_sha256 !== key.binary_sha256 || header.settings_sha256 !== key.settings_sha256) {
    throw new Error('its header names another binary or other settings');
  }
  if (!Value.Check(Type.Array(PageSchema), pages)) throw new Error('a line is not a page');
  return { version_output: header.version_output, pages };
}
