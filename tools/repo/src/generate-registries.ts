import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import { readFamilies, type PluginFamily, type PluginFolder } from './plugin-families.js';

/** First line of a registry. */
export const HEADER =
  '// Generated from the names of the folders here by tools/repo/src/generate-registries.ts; do not edit.';

/** `api-key` → `apiKeySettingsSchema`. */
function settingsName(id: string): string {
  const words = id.split(/[^A-Za-z0-9]+/);
  const camel = words.map((word, at) => (at === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join('');
  return `${camel}SettingsSchema`;
}

function contributionText(kind: string, { id, revision, hasSettings }: PluginFolder): string {
  const settings = hasSettings ? `settings: ${settingsName(id)}, ` : '';
  return `{ kind: '${kind}', id: '${id}', revision: ${revision}, ${settings}load: () => import('./${id}/index.js') }`;
}

/** The source of a family's `index.ts`: its plugin, with one contribution per folder in order of the names. */
export async function registryText({ kind, plugins }: PluginFamily): Promise<string> {
  const imports = plugins
    .filter(({ hasSettings }) => hasSettings)
    .map(({ id }) => `import { ${settingsName(id)} } from './${id}/settings.js';`);
  const source = [
    HEADER,
    `import { API_VERSION, definePlugin } from '@cliparity/plugin-api';`,
    ...imports,
    '',
    `/** The built-in ${kind}s. */`,
    `export const ${kind}sPlugin = definePlugin({`,
    `  name: '@cliparity/plugin-${kind}s',`,
    `  apiVersion: API_VERSION,`,
    `  contributions: [`,
    ...plugins.map((plugin) => `    ${contributionText(kind, plugin)},`),
    `  ],`,
    `});`,
    '',
  ].join('\n');
  return format(source, { parser: 'typescript', singleQuote: true, printWidth: 120 });
}

/** Where the registry of a family lies. */
export const registryFile = ({ folder }: PluginFamily): string => join(folder, 'index.ts');

/**
 * Writes every registry that differs.
 * @returns the files written, absolute
 */
export async function writeRegistries(workspace: string): Promise<readonly string[]> {
  const written: string[] = [];
  for (const family of readFamilies(workspace)) {
    const file = registryFile(family);
    const text = await registryText(family);
    if (family.plugins.length === 0 || readFileSync(file, 'utf8') === text) continue;
    writeFileSync(file, text);
    written.push(file);
  }
  return written;
}
