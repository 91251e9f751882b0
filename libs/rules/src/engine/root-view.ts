/** One file of a root as somebody finds it. */
export type FileState =
  | { readonly kind: 'file'; readonly bytes: Uint8Array }
  | { readonly kind: 'absent' }
  /** Something that is no readable file. `present`: whether there is anything under that name (a folder is, a file below a file is not). */
  | { readonly kind: 'unreadable'; readonly reason: string; readonly present: boolean };

export interface FolderEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'link' | 'other';
}
/** One folder of a root as somebody finds it. */
export type FolderState =
  | { readonly kind: 'folder'; readonly entries: readonly FolderEntry[] }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** The files of a root, read only. Paths are relative to the root, with forward slashes; `''` is the root itself. Nothing is kept in memory. */
export interface RootView {
  read(path: string): FileState;
  /** Entries in byte order of their names. */
  list(folder: string): FolderState;
}

/** Whether there is a file that can be read under that name. */
export function isFile(view: RootView, path: string): boolean {
  return view.read(path).kind === 'file';
}

/** The bytes of a file; undefined when there is none that can be read. */
export function bytesOf(view: RootView, path: string): Uint8Array | undefined {
  const state = view.read(path);
  return state.kind === 'file' ? state.bytes : undefined;
}

/** The entries of a folder; none when it is not there or cannot be read. */
export function entriesOf(view: RootView, folder: string): readonly FolderEntry[] {
  const state = view.list(folder);
  return state.kind === 'folder' ? state.entries : [];
}

/** The folders that a path lies in, outermost first: `a` and `a/b` of `a/b/c`. */
export function foldersAbove(path: string): readonly string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, i) => parts.slice(0, i + 1).join('/'));
}

/** The same files, named from one folder of them. */
export function subView(view: RootView, folder: string): RootView {
  const at = (path: string): string => (path === '' ? folder : `${folder}/${path}`);
  return { read: (path) => view.read(at(path)), list: (path) => view.list(at(path)) };
}
