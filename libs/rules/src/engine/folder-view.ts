import { readdirSync, readFileSync, statSync } from 'node:fs';
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

function read(path: string): FileState {
  try {
    return { kind: 'file', bytes: readFileSync(path) };
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
