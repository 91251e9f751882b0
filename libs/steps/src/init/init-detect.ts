import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PackageManager } from './ci/index.js';
import type { PackageFacts } from './init-npm.js';

/** What a folder can be; it can be several at once. */
export const PLACE_KINDS = ['nx', 'node', 'python', 'rust', 'elixir'] as const;
export type PlaceKind = (typeof PLACE_KINDS)[number];

/** What `init` found in the workspace. */
export interface Place {
  /** Absolute. */
  readonly workspace: string;
  readonly kinds: readonly PlaceKind[];
  /** Whether there is nothing in it but files whose names begin with a dot. */
  readonly empty: boolean;
  /** The name that the project gives itself. */
  readonly wrapper: string | undefined;
  readonly packageManager: PackageManager;
  /** Installed dependencies that ship a program: one of them may be the upstream. */
  readonly upstreams: readonly PackageFacts[];
}

const MARKS: Readonly<Record<PlaceKind, string>> = {
  nx: 'nx.json',
  node: 'package.json',
  python: 'pyproject.toml',
  rust: 'Cargo.toml',
  elixir: 'mix.exs',
};

const textOf = (path: string): Promise<string | undefined> => readFile(path, 'utf8').catch(() => undefined);

async function jsonOf(path: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    const value: unknown = JSON.parse((await textOf(path)) ?? '{}');
    return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : {};
  } catch {
    // Somebody's broken package.json is not ours to judge: nothing is learnt from it.
    return {};
  }
}

/** The value of `name = "…"` in one of the tables, read line by line: of TOML no more is needed. */
export function tomlName(text: string, tables: readonly string[]): string | undefined {
  let table = '';
  for (const line of text.split('\n')) {
    table = /^\s*\[([^\]]+)\]/.exec(line)?.[1]?.trim() ?? table;
    const name = /^\s*name\s*=\s*["']([^"']+)["']/.exec(line)?.[1];
    if (name !== undefined && tables.includes(table)) return name;
  }
  return undefined;
}

async function wrapperName(workspace: string): Promise<string | undefined> {
  const manifest = await jsonOf(join(workspace, MARKS.node));
  if (typeof manifest['name'] === 'string' && manifest['name'] !== '') return manifest['name'];
  const [python = '', rust = '', elixir = ''] = await Promise.all(
    [MARKS.python, MARKS.rust, MARKS.elixir].map((name) => textOf(join(workspace, name))),
  );
  return (
    tomlName(python, ['project', 'tool.poetry']) ??
    tomlName(rust, ['package']) ??
    /\bapp:\s*:([a-z_][a-z0-9_]*)/.exec(elixir)?.[1]
  );
}

const keysOf = (value: unknown): readonly string[] =>
  value !== null && typeof value === 'object' ? Object.keys(value) : [];

/** Dependencies of use, not of development: a wrapper needs its upstream, a linter is nobody's upstream. */
async function installedPrograms(workspace: string): Promise<readonly PackageFacts[]> {
  const manifest = await jsonOf(join(workspace, MARKS.node));
  const names = ['dependencies', 'optionalDependencies', 'peerDependencies'].flatMap((key) => keysOf(manifest[key]));
  const found: PackageFacts[] = [];
  for (const name of [...new Set(names)].sort()) {
    const facts = await jsonOf(join(workspace, 'node_modules', name, 'package.json'));
    if (facts['bin'] !== undefined) found.push({ ...facts, name });
  }
  return found;
}

function packageManagerOf(workspace: string): PackageManager {
  if (existsSync(join(workspace, 'pnpm-lock.yaml'))) return 'pnpm';
  return existsSync(join(workspace, 'yarn.lock')) ? 'yarn' : 'npm';
}

/** Looks at a workspace. Reads files only, and takes what it cannot read for not being there. */
export async function detectPlace(workspace: string): Promise<Place> {
  const entries = await readdir(workspace);
  return {
    workspace,
    kinds: PLACE_KINDS.filter((kind) => entries.includes(MARKS[kind])),
    empty: entries.every((name) => name.startsWith('.')),
    wrapper: await wrapperName(workspace),
    packageManager: packageManagerOf(workspace),
    upstreams: await installedPrograms(workspace),
  };
}
