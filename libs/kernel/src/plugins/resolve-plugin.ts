import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { UsageError } from '@cliparity/model';

/** Conditions under which Node's `import()` reads the `exports` of a package. */
const CONDITIONS = ['node', 'import', 'default'];

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
const isPath = (spec: string): boolean => spec.startsWith('.') || isAbsolute(spec);

/** The file that an `exports` value leads to. Keys are tried in the package's order, as Node does. */
function byCondition(target: unknown): string | undefined {
  if (typeof target === 'string') return target;
  if (Array.isArray(target)) return target.map(byCondition).find((found) => found !== undefined);
  if (typeof target !== 'object' || target === null) return undefined;
  for (const [condition, value] of Object.entries(target)) {
    const found = CONDITIONS.includes(condition) ? byCondition(value) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function entryOf(folder: string, subpath: string): string {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    readonly exports?: unknown;
    readonly main?: string;
  };
  const { exports, main } = manifest;
  if (exports === undefined || exports === null) return subpath === '.' ? (main ?? 'index.js') : subpath;
  const map = exports as Readonly<Record<string, unknown>>;
  const hasPaths = typeof exports === 'object' && Object.keys(exports).some((key) => key.startsWith('.'));
  const target = hasPaths ? map[subpath] : subpath === '.' ? exports : undefined;
  return byCondition(target) ?? '';
}

function fromPackage(spec: string, baseDir: string): string | undefined {
  const words = spec.split('/');
  const name = words.slice(0, spec.startsWith('@') ? 2 : 1).join('/');
  const subpath = spec === name ? '.' : `.${spec.slice(name.length)}`;
  for (let folder = baseDir; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name);
    if (existsSync(join(candidate, 'package.json'))) return join(candidate, entryOf(candidate, subpath));
    if (dirname(folder) === folder) return undefined;
  }
}

/**
 * The file that a plugin's entry in the configuration means: a path (it starts with a dot or is absolute) or a package, both seen from the
 * configuration's folder. Node's own resolution starts at the importing file, which would be ours.
 * @throws UsageError PLUGIN_NOT_FOUND
 */
export function resolvePlugin(spec: string, baseDir: string, configFile: string): string {
  const file = isPath(spec) ? resolve(baseDir, spec) : fromPackage(spec, baseDir);
  if (file !== undefined && isFile(file)) return file;
  const looked = file ?? `node_modules of ${baseDir} and the folders above`;
  throw new UsageError(
    'PLUGIN_NOT_FOUND',
    `plugin "${spec}" named in ${configFile} is not there: looked for ${looked}`,
    {
      where: configFile,
      remedy: isPath(spec)
        ? 'A path starts from the folder of the configuration file and needs its extension.'
        : `Install it (npm install --save-dev ${spec}), or write ./ before the path of a file.`,
    },
  );
}
