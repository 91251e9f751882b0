import { CliparityError, Interrupted } from '@cliparity/model';
import { errorCode } from '../error-code.js';
import type { ArchiveSource } from './archive-source.js';
import { archiveError } from './limits.js';

/** What the readers' own words mean, where they do not say it. */
const MEANINGS: readonly (readonly [RegExp, string])[] = [
  [/unexpected end|unexpected EOF|stream was destroyed/i, 'it ends too early'],
  [/invalid comment length/i, 'something stands behind its end'],
  [/get_next_output failed/, 'its xz data is damaged, cut short or followed by something else'],
];

/** What a failure to read an asset means: Interrupted, our own disk's error as it is, else ARCHIVE_ENCRYPTED or ARCHIVE_BROKEN. */
export function readError(error: unknown, source: ArchiveSource): unknown {
  if (source.signal.aborted) return new Interrupted();
  if (error instanceof CliparityError) return error;
  // Errors of our own disk are not the archive's fault.
  if (/^E[A-Z]+$/.test(errorCode(error) ?? '')) return error;
  const { message } = error as Error;
  if (/encrypt/i.test(message)) return archiveError('ARCHIVE_ENCRYPTED', source.what, 'is encrypted');
  const meaning = MEANINGS.find(([words]) => words.test(message))?.[1];
  return archiveError('ARCHIVE_BROKEN', source.what, `cannot be read: ${meaning ?? message}`);
}
