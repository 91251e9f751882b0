// Builds packages as they are published: `node tools/repo/bin/package.mjs FOLDER [NAME…] [--types] [--as-built]` writes each to FOLDER/<name>; all
// five unless named. Everything private is in the bundles; what stays outside is a dependency. Declarations take seconds and are made when asked
// for; `--as-built` takes the command's bundle as it lies there, for whoever has just made it.
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeNotices } from './notices.mjs';

const workspace = join(dirname(fileURLToPath(import.meta.url)), '../../..');
const inHouse = (...path) => join(workspace, ...path);

/** Folder of the room, and the packages that stay outside of its bundle. */
const LIBRARIES = {
  'plugin-api': { room: 'libs/plugin-api', outside: [] },
  testkit: { room: 'libs/testkit', outside: ['@cliparity/plugin-api'] },
  replay: { room: 'libs/replay', outside: [] },
};
const NAMES = ['cli', 'nx', ...Object.keys(LIBRARIES)];
const REQUIRE =
  "import { createRequire as __cliparityRequire } from 'node:module'; const require = __cliparityRequire(import.meta.url);";

const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));
const version = readJson(inHouse('apps/cli/package.json')).version;

function run(...words) {
  const ended = spawnSync(process.execPath, words, { cwd: workspace, stdio: ['ignore', 'inherit', 'inherit'] });
  if (ended.status !== 0) throw new Error(`${words.join(' ')} ended with ${ended.status}`);
}

/** The room’s manifest as users see it, its page, and the licence. */
function finish(room, to, more) {
  const manifest = readJson(inHouse(room, 'package.json'));
  for (const key of ['nx', 'devDependencies', 'private']) delete manifest[key];
  const { engines } = readJson(inHouse('package.json'));
  writeFileSync(join(to, 'package.json'), `${JSON.stringify({ ...manifest, engines, ...more }, null, 2)}\n`);
  cpSync(inHouse('LICENSE'), join(to, 'LICENSE'));
  cpSync(inHouse(room, 'README.md'), join(to, 'README.md'));
}

/** A room is pure declarations unless something of it is used: its schemas are then left out of a bundle that needs none. */
const onlyWhatIsUsed = {
  name: 'only-what-is-used',
  setup({ onResolve, resolve: resolveAgain }) {
    onResolve({ filter: /./ }, async ({ path, importer, resolveDir, kind, pluginData }) => {
      if (pluginData === 'seen' || importer === '') return undefined;
      const found = await resolveAgain(path, { importer, resolveDir, kind, pluginData: 'seen' });
      return found.errors.length > 0 ? undefined : { ...found, sideEffects: false };
    });
  },
};

/** What a stand-in runs, to be read as text: a script that needs nothing but Node and exports nothing. */
function putPlayer(to) {
  cpSync(inHouse('apps/cli/dist/replay-player.js'), join(to, 'dist/replay-player.js'));
  writeFileSync(join(to, 'dist/replay-player.d.ts'), 'export {};\n');
  return { types: './dist/replay-player.d.ts', default: './dist/replay-player.js' };
}

async function buildLibrary(name, to, types) {
  const { room, outside } = LIBRARIES[name];
  const { metafile } = await build({
    metafile: true,
    entryPoints: [inHouse(room, 'src/index.ts')],
    outfile: join(to, 'dist/index.js'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    legalComments: 'none',
    logLevel: 'warning',
    tsconfig: inHouse('tsconfig.base.json'),
    external: outside,
    plugins: [onlyWhatIsUsed],
    banner: { js: REQUIRE },
  });
  writeNotices(metafile, join(to, 'THIRD-PARTY-NOTICES.txt'));
  let declared = './dist/index.d.ts';
  if (types) {
    const { writeDeclarations } = await import('./declarations.mjs');
    const at = { workspace, entry: inHouse(room, 'src/index.ts'), to: join(to, 'dist/types'), external: outside };
    declared = `./dist/types/${writeDeclarations(at)}`;
  }
  const more = name === 'replay' ? { './player': putPlayer(to) } : {};
  finish(room, to, {
    exports: { '.': { types: declared, default: './dist/index.js' }, ...more, './package.json': './package.json' },
    dependencies: Object.fromEntries(outside.map((other) => [other, version])),
  });
}

/** The command: its bundle, and the schemas that its files name. */
function buildCommand(to) {
  if (!process.argv.includes('--as-built')) run(inHouse('tools/repo/bin/build.mjs'));
  for (const part of ['bin', 'dist']) cpSync(inHouse('apps/cli', part), join(to, part), { recursive: true });
  cpSync(inHouse('libs/model/schemas'), join(to, 'schemas'), { recursive: true });
  finish('apps/cli', to, {
    files: ['bin', 'dist', 'schemas'],
    exports: { './package.json': './package.json', './schemas/*': './schemas/*' },
  });
}

function buildNx(to, types) {
  const meta = `${to}.meta.json`;
  run(inHouse('plugins/nx/bin/build.mjs'), to, `--meta=${meta}`, ...(types ? ['--types'] : []));
  writeNotices(readJson(meta), join(to, 'THIRD-PARTY-NOTICES.txt'), workspace);
  rmSync(meta);
  cpSync(inHouse('LICENSE'), join(to, 'LICENSE'));
}

async function buildPackage(name, to, types) {
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to, { recursive: true });
  if (name === 'cli') return buildCommand(to);
  if (name === 'nx') return buildNx(to, types);
  return buildLibrary(name, to, types);
}

const [folder, ...named] = process.argv.slice(2).filter((word) => !['--types', '--as-built'].includes(word));
const unknown = named.filter((name) => !NAMES.includes(name));
if (folder === undefined || unknown.length > 0 || !existsSync(inHouse('package.json'))) {
  process.stderr.write(`package: give a folder and any of ${NAMES.join(', ')}\n`);
  process.exitCode = 2;
} else {
  for (const name of named.length > 0 ? named : NAMES)
    await buildPackage(name, join(resolve(folder), name), process.argv.includes('--types'));
}
