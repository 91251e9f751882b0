import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const NOT_SHIPPED = /\.(?:spec|fixture|bench|d)\.ts$|\/(?:testing|cases|fixtures|entries)\//;

/** The sources that ship, path → text: TypeScript of libs, plugins and apps that is committed or would be with `git add .`. */
export function shippedSources(workspace: string): ReadonlyMap<string, string> {
  const listed = execFileSync(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard', 'libs', 'plugins', 'apps'],
    { cwd: workspace, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  const paths = listed.split('\0').filter((path) => path.endsWith('.ts') && !NOT_SHIPPED.test(path));
  const present = paths.filter((path) => existsSync(join(workspace, path)));
  return new Map(present.map((path) => [path, readFileSync(join(workspace, path), 'utf8')]));
}
