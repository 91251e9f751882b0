import type { ArchiveFormat } from '@cliparity/model';
import type { ExtractLimits } from './limits.js';

/** An asset to read. */
export interface ArchiveSource {
  /** The asset on disk, already verified. */
  readonly path: string;
  readonly format: ArchiveFormat;
  /** Names the asset in messages. */
  readonly what: string;
  readonly limits: ExtractLimits;
  readonly signal: AbortSignal;
}

/** A member that has passed every check. Its `body` must be read to the end, or left alone to be skipped. */
export interface ArchiveMember {
  readonly kind: 'file' | 'folder' | 'link';
  readonly path: string;
  /** Bytes; 0 for what is no file. */
  readonly size: number;
  /** Permission bits only. */
  readonly mode: number;
  /** Of a link: the path of the archive it leads to. */
  readonly target?: string;
  readonly body: AsyncIterable<Uint8Array>;
}

/** Whether a format holds named members; the others are one file. */
export const hasMembers = (format: ArchiveFormat): boolean => format === 'zip' || format.startsWith('tar');
