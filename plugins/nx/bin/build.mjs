// Builds the package as it is published: `node plugins/nx/bin/build.mjs [FOLDER]` (default plugins/nx/dist/package).
import { build } from 'esbuild';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = join(dirname(fileURLToPath(import.meta.url)), '..');
const to = resolve(process.argv[2] ?? join(here, 'dist/package'));

rmSync(to, { recursive: true, force: true });
await build({
  entryPoints: {
    index: join(here, 'src/index.ts'),
    'executors/index': join(here, 'src/executors/index.ts'),
    'generators/index': join(here, 'src/generators/index.ts'),
  },
  outdir: join(to, 'dist'),
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  legalComments: 'none',
  logLevel: 'warning',
  chunkNames: 'part-[hash]',
  tsconfig: join(here, '../../tsconfig.base.json'),
  external: ['@nx/devkit', 'nx', 'typescript', 'esbuild'],
  // CommonJS dependencies inside an ESM bundle still call require for Node's own modules.
  banner: {
    js: "import { createRequire as __cliparityRequire } from 'node:module'; const require = __cliparityRequire(import.meta.url);",
  },
});

const manifest = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8'));
for (const key of ['nx', 'devDependencies']) delete manifest[key];
const dependencies = { '@nx/devkit': manifest.dependencies['@nx/devkit'] };
const exports = { '.': './dist/index.js', './package.json': './package.json' };
mkdirSync(to, { recursive: true });
writeFileSync(join(to, 'package.json'), `${JSON.stringify({ ...manifest, exports, dependencies }, null, 2)}\n`);
for (const name of [
  'executors.json',
  'executors.cjs',
  'generators.json',
  'schemas',
  'templates',
  'bin/cache-preflight.mjs',
  'bin/raw-help.mjs',
])
  cpSync(join(here, name), join(to, name), { recursive: true });
