import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PLUGIN_KINDS, type PluginKind } from '@cliparity/plugin-api';

/** One built-in contribution as its folder shows it. */
export interface PluginFolder {
  /** The folder's name, which is the id. */
  readonly id: string;
  readonly revision: number;
  /** Whether it has a `settings.ts`, which exports the JSON Schema of its settings as `<id in camel case>SettingsSchema`. */
  readonly hasSettings: boolean;
}

/** One package of `plugins/`: all built-ins of one kind. */
export interface PluginFamily {
  readonly kind: PluginKind;
  /** Absolute path of the package's `src`. */
  readonly folder: string;
  readonly plugins: readonly PluginFolder[];
}

const REVISION = /\brevision\b(?:\s*:\s*number)?\s*[:=]\s*(\d+)\b/g;

const revisionsIn = (file: string): readonly number[] =>
  [...readFileSync(file, 'utf8').matchAll(REVISION)].map((match) => Number(match[1]));

/** What the entry states, else what the other files of the folder agree on. Read as text: making a source needs settings. */
function revisionOf(folder: string): number {
  const [stated] = revisionsIn(join(folder, 'index.ts'));
  if (stated !== undefined) return stated;
  const files = readdirSync(folder).filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'));
  const found = new Set(files.flatMap((name) => revisionsIn(join(folder, name))));
  const [revision] = found;
  if (found.size === 1 && revision !== undefined) return revision;
  throw new Error(`${folder} states ${found.size === 0 ? 'no revision' : `revisions ${[...found].join(' and ')}`}`);
}

function readPlugin(folder: string, id: string): PluginFolder {
  const own = join(folder, id);
  return { id, revision: revisionOf(own), hasSettings: existsSync(join(own, 'settings.ts')) };
}

/** The family of one kind; undefined while its package does not exist. A folder with an `index.ts` is a plugin, others are shared code. */
export function readFamily(workspace: string, kind: PluginKind): PluginFamily | undefined {
  const folder = join(workspace, 'plugins', `${kind}s`, 'src');
  if (!existsSync(folder)) return undefined;
  const ids = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'index.ts')))
    .map(({ name }) => name)
    .sort((a, b) => (a < b ? -1 : 1));
  return { kind, folder, plugins: ids.map((id) => readPlugin(folder, id)) };
}

/** Every family that has a package. */
export function readFamilies(workspace: string): readonly PluginFamily[] {
  return PLUGIN_KINDS.map((kind) => readFamily(workspace, kind)).filter((family) => family !== undefined);
}
