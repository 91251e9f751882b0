import { CouldNotRun, UsageError } from '@cliparity/model';

/** Troubles of this machine: another place would not help. */
const OURS = new Set(['DISK_FULL', 'STORE_NOT_WRITABLE']);

/**
 * Whether an error says that a place cannot be read (it is gone, refuses us, is nobody's source here), so that another place may serve.
 * Bytes that are wrong are no such thing: they must be seen. Pure.
 */
export const isPlaceTrouble = (error: unknown): boolean =>
  (error instanceof CouldNotRun && !OURS.has(error.code)) ||
  (error instanceof UsageError && error.code === 'SOURCE_UNKNOWN');
