// Builds the package as it is published: `node plugins/nx/bin/build.mjs [FOLDER] [--types] [--meta=FILE]` (default plugins/nx/dist/package).
import { build } from 'esbuild';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = join(dirname(fileURLToPath(import.meta.url)), '..');
const [folder = join(here, 'dist/package')] = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const to = resolve(folder);

rmSync(to, { recursive: true, force: true });
const { metafile } = await build({
  metafile: true,
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

// What the bundle holds of others, for whoever packs it.
const meta = process.argv.find((word) => word.startsWith('--meta='))?.slice('--meta='.length);
if (meta !== undefined) writeFileSync(meta, JSON.stringify(metafile));
cpSync(join(here, 'README.md'), join(to, 'README.md'));
const manifest = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8'));
for (const key of ['nx', 'devDependencies']) delete manifest[key];
// Everything is in the bundle; of Nx only types are used, and it is what loads us.
const dependencies = {};
const peerDependencies = { '@nx/devkit': '>=22.0.0 <24.0.0', nx: '>=22.0.0 <24.0.0' };
const peerDependenciesMeta = { '@nx/devkit': { optional: true }, nx: { optional: true } };
const entry = { types: './dist/index.d.ts', default: './dist/index.js' };
const exports = { '.': entry, './package.json': './package.json' };
mkdirSync(to, { recursive: true });
writeFileSync(
  join(to, 'package.json'),
  `${JSON.stringify({ ...manifest, exports, dependencies, peerDependencies, peerDependenciesMeta }, null, 2)}\n`,
);
for (const name of [
  'executors.json',
  'executors.cjs',
  'generators.json',
  'schemas',
  'templates',
  'bin/cache-preflight.mjs',
  'bin/cache-proxy.mjs',
  'bin/raw-help.mjs',
])
  cpSync(join(here, name), join(to, name), { recursive: true });

// Declarations take seconds and only whoever publishes needs them.
if (process.argv.includes('--types')) {
  const tsc = join(here, '../../node_modules/typescript/bin/tsc');
  const how = ['--noEmit', 'false', '--declaration', '--emitDeclarationOnly', '--outDir', join(to, 'dist')];
  const made = spawnSync(process.execPath, [tsc, '-p', join(here, 'tsconfig.types.json'), ...how], {
    stdio: 'inherit',
  });
  if (made.status !== 0) process.exitCode = 1;
}
