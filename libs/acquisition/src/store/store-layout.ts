import { join } from 'node:path';

/** Names one thing of the store: `file-<sha256>` of a binary or `tree-<sha256>` of a member list. */
export type StoreKey = `file-${string}` | `tree-${string}`;

/** Where things lie in a store. Nothing outside this file joins paths of it. */
export interface StoreLayout {
  readonly path: string;
  readonly files: string;
  readonly trees: string;
  readonly meta: string;
  readonly tmp: string;
  readonly partial: string;
  readonly locks: string;
  file(sha256: string, executable: boolean): string;
  tree(treeSha256: string): string;
  metaOf(key: StoreKey): string;
  partialOf(name: string): string;
  lockOf(name: string): string;
}

/** The layout of the store at a path. */
export function storeLayout(path: string): StoreLayout {
  const at = (name: string): string => join(path, name);
  return {
    path,
    files: at('files'),
    trees: at('trees'),
    meta: at('meta'),
    tmp: at('tmp'),
    partial: at('partial'),
    locks: at('locks'),
    // Permissions belong to the file and not to its name, so equal bytes that must not run are a file of their own.
    file: (sha256, executable) => join(path, 'files', sha256.slice(0, 2), executable ? sha256 : `${sha256}-r`),
    tree: (treeSha256) => join(path, 'trees', treeSha256),
    metaOf: (key) => join(path, 'meta', `${key}.json`),
    partialOf: (name) => join(path, 'partial', name),
    lockOf: (name) => join(path, 'locks', `${name}.lock`),
  };
}
