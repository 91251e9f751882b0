import { closeSync, constants, fstatSync, openSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { compareBytes } from '@cliparity/model';
import type { FileState, FolderEntry, FolderState, RootView } from './root-view.js';

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? 'unknown error';

function isThere(path: string): boolean {
  try {
    statSync(path);
    return true;
  } catch {
    return false;
  }
}

/** What no file of a root comes near; a text of this length is still one string to the language. */
const MAX_BYTES = 256 * 1024 * 1024;

/** Only plain files are read: a pipe would wait for a writer, a device might never end. */
function bytesAt(path: string): FileState {
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const found = fstatSync(file);
    if (found.isDirectory()) return { kind: 'unreadable', reason: 'EISDIR', present: true };
    if (!found.isFile()) return { kind: 'unreadable', reason: 'it is no plain file', present: true };
    if (found.size > MAX_BYTES)
      return { kind: 'unreadable', reason: `it has ${String(found.size)} bytes`, present: true };
    return { kind: 'file', bytes: readFileSync(file) };
  } finally {
    closeSync(file);
  }
}

function read(path: string): FileState {
  try {
    return bytesAt(path);
  } catch (error) {
    const code = codeOf(error);
    return code === 'ENOENT' ? { kind: 'absent' } : { kind: 'unreadable', reason: code, present: isThere(path) };
  }
}

function list(path: string): FolderState {
  try {
    const entries = readdirSync(path, { withFileTypes: true }).map((entry): FolderEntry => {
      if (entry.isSymbolicLink()) return { name: entry.name, kind: 'link' };
      if (entry.isDirectory()) return { name: entry.name, kind: 'folder' };
      return { name: entry.name, kind: entry.isFile() ? 'file' : 'other' };
    });
    return { kind: 'folder', entries: entries.sort((a, b) => compareBytes(a.name, b.name)) };
  } catch (error) {
    const code = codeOf(error);
    return code === 'ENOENT' ? { kind: 'absent' } : { kind: 'unreadable', reason: code };
  }
}

/**
 * The files below a folder on disk, read when they are asked for. Links are followed when a file is read and named as links when listed.
 * @param folder absolute, or relative to the working directory
 */
export function folderView(folder: string): RootView {
  return { read: (path) => read(join(folder, path)), list: (path) => list(join(folder, path)) };
}
