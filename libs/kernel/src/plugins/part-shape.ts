import { PLUGIN_KINDS, type PluginKind } from '@cliparity/plugin-api';

type Wanted = 'string' | 'function' | 'array' | 'array or "all"';

/** Required members of each kind beyond `id` and `revision`. Source: the interfaces of @cliparity/plugin-api. */
const MEMBERS: { readonly [K in PluginKind]: Readonly<Record<string, Wanted>> } = {
  target: { os: 'string', arch: 'string' },
  source: { releases: 'function', assets: 'function', open: 'function', owns: 'function' },
  dialect: { detect: 'function', parse: 'function' },
  scenario: { cli: 'string', fits: 'string', plan: 'function' },
  gate: { inputs: 'array', run: 'function' },
  reporter: { accepts: 'array or "all"', render: 'function' },
};

function fits(value: unknown, wanted: Wanted): boolean {
  if (wanted === 'array') return Array.isArray(value);
  if (wanted === 'array or "all"') return value === 'all' || Array.isArray(value);
  return typeof value === wanted;
}

/** What keeps a value from being a part of this kind, as the end of a sentence; undefined when nothing does. */
export function shapeProblem(
  value: unknown,
  manifest: { kind: PluginKind; id: string; revision: number },
): string | undefined {
  if (typeof value !== 'object' || value === null) return `is no object but ${value === null ? 'null' : typeof value}`;
  if (value instanceof Promise) return 'is a promise; a factory must answer at once';
  const part = value as Readonly<Record<string, unknown>>;
  if (part['id'] !== manifest.id) return `calls itself ${JSON.stringify(part['id'])}`;
  if (part['revision'] !== manifest.revision) {
    return `has revision ${JSON.stringify(part['revision'])}, its manifest says ${manifest.revision}`;
  }
  const missing = Object.entries(MEMBERS[manifest.kind]).find(([name, wanted]) => !fits(part[name], wanted));
  return missing === undefined ? undefined : `has no ${missing[0]} (${missing[1]}), which every ${manifest.kind} needs`;
}

/** Whether a word names a kind of plugin. */
export const isKind = (word: string): word is PluginKind => (PLUGIN_KINDS as readonly string[]).includes(word);
