/** What is added to a file that somebody else owns; undefined when it cannot be done without rewriting it. */
export type Merged = string | undefined;

/** Adds lines that are not there, with or without a leading or closing slash. Pure. */
export function withLines(text: string, lines: readonly string[]): string {
  const plain = (line: string): string => line.trim().replace(/^\/|\/$/g, '');
  const there = new Set(text.split('\n').map(plain));
  const added = lines.filter((line) => !there.has(plain(line)));
  if (added.length === 0) return text;
  const before = text === '' || text.endsWith('\n') ? text : `${text}\n`;
  return `${before}${added.join('\n')}\n`;
}

type Json = Record<string, unknown>;

function parsed(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Json) : undefined;
  } catch {
    // With comments in it, it would lose them.
    return undefined;
  }
}

/** The same file with another value, indented as it was. */
function printed(value: Json, text: string): string {
  const indent = /^([ \t]+)"/m.exec(text)?.[1] ?? '  ';
  return `${JSON.stringify(value, null, indent)}\n`;
}

const NEW_NX = {
  $schema: './node_modules/nx/schemas/nx-schema.json',
  analytics: false,
  neverConnectToCloud: true,
  cacheDirectory: '.nx/cache',
};

const nameOf = (plugin: unknown): unknown =>
  plugin !== null && typeof plugin === 'object' ? (plugin as Json)['plugin'] : plugin;

/** The folder of roots where the plugin’s options name none. */
const USUAL_MANIFESTS = 'cli_manifests';

function manifestsOf(plugin: unknown): unknown {
  const options = plugin !== null && typeof plugin === 'object' ? (plugin as Json)['options'] : undefined;
  return (options as Json | undefined)?.['manifests'] ?? USUAL_MANIFESTS;
}

/** `nx.json` with a plugin that looks for roots in this folder. Pure. */
export function withNxPlugin(text: string | undefined, plugin: string, manifests = USUAL_MANIFESTS): Merged {
  const entry = manifests === USUAL_MANIFESTS ? plugin : { plugin, options: { manifests } };
  if (text === undefined) return printed({ ...NEW_NX, plugins: [entry] }, '');
  const value = parsed(text);
  if (value === undefined) return undefined;
  const plugins = Array.isArray(value['plugins']) ? (value['plugins'] as unknown[]) : [];
  if (plugins.some((one) => nameOf(one) === plugin && manifestsOf(one) === manifests)) return text;
  return printed({ ...value, plugins: [...plugins, entry] }, text);
}

/** `package.json` with what it lacks among its development dependencies; a range that is there stays. Pure. */
export function withDevDependencies(
  text: string | undefined,
  wanted: Readonly<Record<string, string>>,
  name: string,
): Merged {
  const value = text === undefined ? { name, private: true } : parsed(text);
  if (value === undefined) return undefined;
  const own = { ...(value['dependencies'] as Json | undefined), ...(value['devDependencies'] as Json | undefined) };
  const lacking = Object.entries(wanted).filter(([key]) => own[key] === undefined);
  if (lacking.length === 0 && text !== undefined) return text;
  const dev = { ...(value['devDependencies'] as Json | undefined), ...Object.fromEntries(lacking) };
  const sorted = Object.fromEntries(Object.entries(dev).sort(([a], [b]) => (a < b ? -1 : 1)));
  return printed({ ...value, devDependencies: sorted }, text ?? '');
}
