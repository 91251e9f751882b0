import { compareBytes } from '@cliparity/model';
import { foldersAbove, type FileState, type FolderEntry, type FolderState, type RootView } from './root-view.js';

/** A file's bytes or text; null where a file of the view below is taken away. */
export type FileContent = string | Uint8Array | null;
export type FileMap = ReadonlyMap<string, FileContent>;

const bytesOfContent = (content: string | Uint8Array): Uint8Array =>
  typeof content === 'string' ? new TextEncoder().encode(content) : content;

/** Files that exist in memory only, as a root. */
export function memoryView(files: FileMap): RootView {
  return overlayView({ read: () => ({ kind: 'absent' }), list: () => ({ kind: 'absent' }) }, files);
}

/**
 * A root with some of its files replaced, added or (null) taken away: how it would be after a change that nobody has written yet.
 * A file of the change hides what stands below its name; a file below another file cannot be read.
 */
export function overlayView(base: RootView, changes: FileMap): RootView {
  const folders = new Set([...changes].flatMap(([path, content]) => (content === null ? [] : foldersAbove(path))));
  const read = (path: string): FileState => {
    const content = changes.get(path);
    if (content === null) return { kind: 'absent' };
    if (content !== undefined) return { kind: 'file', bytes: bytesOfContent(content) };
    if (folders.has(path)) return { kind: 'unreadable', reason: 'EISDIR', present: true };
    if (foldersAbove(path).some((folder) => (changes.get(folder) ?? null) !== null))
      return { kind: 'unreadable', reason: 'ENOTDIR', present: false };
    return base.read(path);
  };
  return { read, list: (folder) => listed(base.list(folder), folder, { changes, folders }) };
}

function listed(
  below: FolderState,
  folder: string,
  { changes, folders }: { readonly changes: FileMap; readonly folders: ReadonlySet<string> },
): FolderState {
  if ((changes.get(folder) ?? null) !== null) return { kind: 'unreadable', reason: 'ENOTDIR' };
  const prefix = folder === '' ? '' : `${folder}/`;
  const entries = new Map<string, FolderEntry>();
  if (below.kind === 'folder') for (const entry of below.entries) entries.set(entry.name, entry);
  const direct = (path: string): string | undefined => {
    const rest = path.startsWith(prefix) ? path.slice(prefix.length) : '';
    return rest !== '' && !rest.includes('/') ? rest : undefined;
  };
  for (const path of folders) {
    const name = direct(path);
    if (name !== undefined) entries.set(name, { name, kind: 'folder' });
  }
  for (const [path, content] of changes) {
    const name = direct(path);
    if (name === undefined) continue;
    if (content === null) entries.delete(name);
    else entries.set(name, { name, kind: 'file' });
  }
  if (entries.size === 0 && below.kind !== 'folder' && !folders.has(folder)) return below;
  return { kind: 'folder', entries: [...entries.values()].sort((a, b) => compareBytes(a.name, b.name)) };
}
