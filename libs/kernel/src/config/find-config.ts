import { existsSync, readFileSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { UsageError } from '@cliparity/model';

/** Names a configuration file may have; a `cliparity` key in `package.json` is the other place. */
export const CONFIG_FILES = ['json', 'yaml', 'yml', 'js', 'mjs', 'cjs', 'ts'].map((end) => `cliparity.config.${end}`);

/** Whether the text of a `package.json` has our key. Text that is no JSON has none: its owner hears of that from npm. */
export function hasConfigKey(packageJson: string): boolean {
  if (!packageJson.includes('"cliparity"')) return false;
  try {
    const manifest: unknown = JSON.parse(packageJson);
    return typeof manifest === 'object' && manifest !== null && Object.hasOwn(manifest, 'cliparity');
  } catch {
    return false;
  }
}

function configsIn(folder: string): readonly string[] {
  const files = CONFIG_FILES.map((name) => join(folder, name)).filter((file) => existsSync(file));
  const manifest = join(folder, 'package.json');
  const inManifest = existsSync(manifest) && hasConfigKey(readFileSync(manifest, 'utf8'));
  return inManifest ? [...files, manifest] : files;
}

/** Also true for the folder itself. Between two drives a relative path is absolute. */
function isWithin(folder: string, top: string): boolean {
  const path = relative(top, folder);
  return path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path);
}

/**
 * The configuration file that applies to a folder, searched upward until the workspace's root.
 * Looks at names only, so that a workspace without a configuration loads no parser.
 * @throws UsageError CONFIG_AMBIGUOUS when one folder holds two
 */
export function findConfig(from: string, workspace: string): string | undefined {
  const start = isWithin(from, workspace) ? from : workspace;
  for (let folder = start; isWithin(folder, workspace); folder = dirname(folder)) {
    const [found, ...others] = configsIn(folder);
    if (others.length > 0) {
      throw new UsageError('CONFIG_AMBIGUOUS', `${folder} holds ${others.length + 1} configurations of cliparity`, {
        where: [found, ...others].join(', '),
        remedy: 'Keep one of them, or name one with --config FILE.',
      });
    }
    if (found !== undefined) return found;
    if (dirname(folder) === folder) return undefined;
  }
  return undefined;
}
