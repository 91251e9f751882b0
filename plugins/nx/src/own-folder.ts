import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of this package, found from this file, whether it runs from source or built. Absolute. */
export function ownFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'executors.json')) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}

/** The version of this package. */
export function ownVersion(): string {
  const { version } = JSON.parse(readFileSync(join(ownFolder(), 'package.json'), 'utf8')) as { version: string };
  return version;
}
