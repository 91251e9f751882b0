import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { CONFIG_FILES, hasConfigKey } from './config/find-config.js';

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

function isWorkspace(folder: string): boolean {
  if (CONFIG_FILES.some((name) => existsSync(join(folder, name)))) return true;
  if (isFolder(join(folder, 'cli_manifests')) || existsSync(join(folder, 'nx.json'))) return true;
  const manifest = join(folder, 'package.json');
  return existsSync(manifest) && hasConfigKey(readFileSync(manifest, 'utf8'));
}

/**
 * The workspace that a folder belongs to: the nearest folder, going up, with a cliparity configuration, a `cli_manifests` folder or an
 * `nx.json`; the folder itself when there is none.
 * @returns an absolute path
 */
export function findWorkspace(start: string): string {
  const first = resolve(start);
  for (let folder = first; ; folder = dirname(folder)) {
    if (isWorkspace(folder)) return folder;
    if (dirname(folder) === folder) return first;
  }
}
