import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Page } from '@cliparity/model';
import { decodePages, encodePages } from './page-file.js';

const key = { binary_sha256: 'a'.repeat(64), settings_sha256: 'b'.repeat(64) };
const pageAt = (argv: string[], stdout = ''): Page => ({ path: [], argv, stdout, stderr: '', exit_code: 0 });

describe('page files', () => {
  it('keep a header and one page per line, by argv', () => {
    const bytes = encodePages(key, { version_output: 't 1.0.0', pages: [pageAt(['b', '--help']), pageAt(['--help'])] });
    const lines = gunzipSync(bytes).toString().split('\n');
    expect(lines[0]).toBe(
      `{"page_store_version":1,"binary_sha256":"${key.binary_sha256}","settings_sha256":"${key.settings_sha256}","version_output":"t 1.0.0"}`,
    );
    expect(lines[1]).toBe('{"path":[],"argv":["--help"],"stdout":"","stderr":"","exit_code":0}');
    expect(lines).toHaveLength(4);
    // The system byte of gzip would tell where the file was made.
    expect(bytes[9]).toBe(255);
  });

  it('are the same bytes for the same pages, and read back', () => {
    const text = fc.string({ unit: 'grapheme' });
    const page = fc.record({
      path: fc.array(fc.string({ minLength: 1 })),
      argv: fc.array(text),
      stdout: text,
      stderr: text,
      exit_code: fc.integer({ min: 0, max: 255 }),
    });
    const pages = fc.uniqueArray(page, { selector: (p) => JSON.stringify(p.argv), maxLength: 6 });
    fc.assert(
      fc.property(pages, text, (some, version_output) => {
        const bytes = encodePages(key, { version_output, pages: some });
        expect(encodePages(key, { version_output, pages: [...some].reverse() })).toEqual(bytes);
        const read = decodePages(key, bytes);
        expect(read.version_output).toBe(version_output);
        expect(encodePages(key, read)).toEqual(bytes);
        expect(read.pages).toHaveLength(some.length);
      }),
      { numRuns: 40 },
    );
  });

  const whole = encodePages(key, { version_output: 't 1.0.0', pages: [pageAt(['--help'], 'x'.repeat(500))] });
  it.each<[string, () => Uint8Array]>([
    ['a file cut short', () => whole.subarray(0, whole.length - 9)],
    ['nothing', () => new Uint8Array()],
    ['another kind of file', () => Buffer.from('hello')],
    ['a flipped byte', () => Uint8Array.from(whole, (byte, at) => (at === 40 ? byte ^ 255 : byte))],
    ['no header', () => gzipSync('')],
    ['a line that is not JSON', () => gzipSync(`${gunzipSync(whole).toString()}{"path"\n`)],
    ['a line that is not a page', () => gzipSync(`${gunzipSync(whole).toString()}{"path":[]}\n`)],
    [
      'another version',
      () => gzipSync(gunzipSync(whole).toString().replace('"page_store_version":1', '"page_store_version":2')),
    ],
    ['another binary', () => encodePages({ ...key, binary_sha256: 'c'.repeat(64) }, { version_output: '', pages: [] })],
  ])('refuse %s', (_name, bytes) => {
    expect(() => decodePages(key, bytes())).toThrow();
  });
});
