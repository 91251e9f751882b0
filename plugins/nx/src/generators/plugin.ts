import { platformOf } from '@cliparity/steps';
import type { GeneratorCallback, Tree } from '@nx/devkit';
import { addToConfig, PLUGIN_ENTRY } from './add-to-config.js';
import { placeOf, type GeneratedKind, type PluginGeneratorOptions, type PluginPlace } from './plugin-names.js';
import { fillTemplate, readTemplate } from './templates.js';

/** ES modules by their name: what the user’s `package.json` says about `.js` is the user’s (new ones of npm say CommonJS). */
const MODULE = 'mjs';
const NODE_TEST = { command: 'node --test', cwd: '{projectRoot}' };

/** `release-index` → `releaseIndex`. */
function camel(id: string): string {
  const [first = '', ...rest] = id.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  return [first, ...rest.map((word) => word.charAt(0).toUpperCase() + word.slice(1))].join('');
}

/** What a target’s name says about its platform, as members indented by two. */
function platformMembers(id: string): string {
  return Object.entries(platformOf(id))
    .map(([key, value]) => `  ${key}: '${String(value)}',`)
    .join('\n');
}

function valuesFor({ kind, id, inHouse }: PluginPlace): Record<string, string> {
  const name = /^\d/.test(id) ? `${kind}${camel(id)}` : camel(id);
  return {
    id,
    kind,
    name,
    Name: name.charAt(0).toUpperCase() + name.slice(1),
    part: inHouse ? 'index' : kind,
    end: inHouse ? 'js' : MODULE,
    platform: platformMembers(id),
  };
}

/** The manifest of a plugin that is a folder of its own: data, nothing loads before it is asked for. */
function manifestText({ kind, id }: PluginPlace, values: Readonly<Record<string, string>>): string {
  const schema = readTemplate(kind, 'settings');
  return [
    `import { API_VERSION, definePlugin } from '@cliparity/plugin-api';`,
    '',
    ...(schema === undefined ? [] : [fillTemplate(schema, 'js', values)]),
    'export default definePlugin({',
    `  name: '${kind}-${id}',`,
    '  apiVersion: API_VERSION,',
    '  contributions: [',
    '    {',
    `      kind: '${kind}',`,
    `      id: '${id}',`,
    '      revision: 1,',
    ...(schema === undefined ? [] : [`      settings: ${values['name'] ?? ''}SettingsSchema,`]),
    `      load: () => import('./${kind}.${MODULE}'),`,
    '    },',
    '  ],',
    '});',
    '',
  ].join('\n');
}

function writeParts(tree: Tree, place: PluginPlace): void {
  const { kind, folder, inHouse } = place;
  const values = valuesFor(place);
  const [language, end] = inHouse ? (['ts', 'ts'] as const) : (['js', MODULE] as const);
  const names = inHouse
    ? { part: 'index', settings: 'settings', test: 'contract.spec' }
    : { part: kind, test: `${kind}.test` };
  for (const [template, name] of Object.entries(names)) {
    const text = readTemplate(kind, template);
    if (text !== undefined) tree.write(`${folder}/${name}.${end}`, fillTemplate(text, language, values));
  }
  if (inHouse) return;
  tree.write(`${folder}/${PLUGIN_ENTRY}`, manifestText(place, values));
  const test = { executor: 'nx:run-commands', cache: true, options: NODE_TEST };
  const project = { name: `${kind}-${place.id}`, targets: { test } };
  tree.write(`${folder}/project.json`, `${JSON.stringify(project, null, 2)}\n`);
}

/**
 * Writes a plugin that passes its contract test as it is: in a user’s workspace a folder of JavaScript with its own test task, named in the
 * configuration; in the workspace of cliparity a folder of the kind’s package.
 * @returns what to say afterwards
 * @throws GeneratorError
 */
export function generatePlugin(tree: Tree, kind: GeneratedKind, options: PluginGeneratorOptions): GeneratorCallback {
  const place = placeOf(tree, kind, options);
  writeParts(tree, place);
  const words = place.inHouse
    ? ['Registries are generated: nx run tool-repo:registries', `Then: nx test plugin-${kind}s`]
    : [addToConfig(tree, place.folder), `Try it: nx test ${kind}-${place.id}`];
  return () => void process.stdout.write(`${words.join('\n')}\n`);
}
