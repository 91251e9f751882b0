import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const NOT_SHIPPED = /\.(?:spec|fixture|bench|d)\.ts$|\/(?:testing|cases|fixtures|entries)\//;

/** Files below folders that are committed or would be with `git add .`. */
function filesOf(workspace: string, ...folders: string[]): readonly string[] {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard', ...folders], {
    cwd: workspace,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return listed.split('\0').filter((path) => path !== '' && existsSync(join(workspace, path)));
}

/** The sources that ship, path → text: TypeScript of libs, plugins and apps. */
export function shippedSources(workspace: string): ReadonlyMap<string, string> {
  const paths = filesOf(workspace, 'libs', 'plugins', 'apps').filter(
    (path) => path.endsWith('.ts') && !NOT_SHIPPED.test(path),
  );
  return new Map(paths.map((path) => [path, readFileSync(join(workspace, path), 'utf8')]));
}

/** The texts of all tests and of what they work on, with the paths of cases, whose folders are named after codes. */
export function testTexts(workspace: string): string {
  const paths = filesOf(workspace, 'libs', 'plugins', 'apps', 'tools', 'integration/src');
  const cases = paths.filter((path) => path.includes('cases/'));
  const specs = paths.filter((path) => /\.(?:spec|fixture)\.ts$/.test(path));
  return [...cases, ...specs.map((path) => readFileSync(join(workspace, path), 'utf8'))].join('\n');
}
