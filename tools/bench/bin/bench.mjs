// Bundles tools/bench and runs it; `npm run bench -- parse` runs the benchmarks whose name contains the word.
import { build } from 'esbuild';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const workspace = join(dirname(fileURLToPath(import.meta.url)), '../../..');
const outfile = join(workspace, 'dist/bench/main.mjs');
await build({
  entryPoints: [join(workspace, 'tools/bench/src/main.ts')],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  logLevel: 'warning',
  tsconfig: join(workspace, 'tsconfig.base.json'),
  external: ['typescript', 'esbuild'],
  banner: { js: "import { createRequire as __r } from 'node:module'; const require = __r(import.meta.url);" },
});
const { main } = await import(pathToFileURL(outfile).href);
process.exitCode = await main(workspace, process.argv.slice(2));
