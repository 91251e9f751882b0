import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from '@jest/globals';

/** Hands out folders that are gone after each test. Call once per test file. */
export function useTmpDirs(): () => Promise<string> {
  const made: string[] = [];
  afterEach(async () => {
    for (const path of made.splice(0)) {
      await chmod(path, 0o755);
      await rm(path, { recursive: true, force: true });
    }
  });
  return async () => {
    const path = await mkdtemp(join(tmpdir(), 'cliparity-acquisition-'));
    made.push(path);
    return path;
  };
}

/** Every file below a folder, relative, sorted. */
export async function filesBelow(path: string): Promise<string[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => !entry.isDirectory());
  return files
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(path.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort();
}
