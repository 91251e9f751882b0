import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** One text file of the repository. */
export interface HouseFile {
  /** Relative to the workspace, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

const LARGEST_TEXT = 2_000_000;

/** Every path that is committed or would be with `git add .`. */
export function housePaths(workspace: string): readonly string[] {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: workspace,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  const paths = listed.split('\0').filter((path) => path !== '');
  return paths.filter((path) => statSync(join(workspace, path), { throwIfNoEntry: false })?.isFile() ?? false);
}

/** The text files among them; what holds a NUL or is very large is data. */
export function* houseFiles(workspace: string, paths: readonly string[]): Generator<HouseFile> {
  for (const path of paths) {
    const file = join(workspace, path);
    if (statSync(file).size > LARGEST_TEXT) continue;
    const text = readFileSync(file, 'utf8');
    if (!text.includes('\0')) yield { path, text };
  }
}
