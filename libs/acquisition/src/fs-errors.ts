import { CliparityError, CouldNotRun } from '@cliparity/model';
import { errorCode } from './error-code.js';

/** Whether a file-system call failed because the file is not there. */
export const isMissing = (error: unknown): boolean => errorCode(error) === 'ENOENT';

/** Whether a file-system call failed because the file is already there. */
export const isPresent = (error: unknown): boolean => errorCode(error) === 'EEXIST' || errorCode(error) === 'ENOTEMPTY';

/** Turns a refused read or write below `folder` into DISK_FULL or STORE_NOT_WRITABLE; any other error comes back unchanged. */
export function writeError(error: unknown, folder: string): unknown {
  if (error instanceof CliparityError) return error;
  const code = errorCode(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    const remedy = 'Make room (cliparity store prune), or move the store with CLIPARITY_STORE.';
    return new CouldNotRun('DISK_FULL', `no space is left in ${folder}`, { where: folder, remedy, cause: error });
  }
  if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') {
    const remedy = 'Give yourself the right to read and write there, or move the store with CLIPARITY_STORE.';
    const message = `${folder} cannot be used (${code})`;
    return new CouldNotRun('STORE_NOT_WRITABLE', message, { where: folder, remedy, cause: error });
  }
  return error;
}
