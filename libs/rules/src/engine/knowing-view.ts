import type { FileState, FolderState, RootView } from './root-view.js';

/** The same files, of which one was read already. */
export function knowing(view: RootView, path: string, state: FileState): RootView {
  return { read: (asked) => (asked === path ? state : view.read(asked)), list: (folder) => view.list(folder) };
}

/** The same files, with each folder listed once. For one run over a root that nobody is expected to change meanwhile. */
export function listingOnce(view: RootView): RootView {
  const lists = new Map<string, FolderState>();
  return {
    read: (path) => view.read(path),
    list: (folder) => {
      const known = lists.get(folder);
      if (known !== undefined) return known;
      const made = view.list(folder);
      lists.set(folder, made);
      return made;
    },
  };
}
