import { copyFile, link } from 'node:fs/promises';
import { isPresent } from './fs-errors.js';

/** Gives a file a second name, or a copy where the file system has no such names. Rejects when the name is taken. */
export async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    if (isPresent(error)) throw error;
    await copyFile(from, to);
  }
}
