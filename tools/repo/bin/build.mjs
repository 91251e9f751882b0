// Bundles the command: one entry, its parts split so that `--help` loads only what it prints.
import { build } from 'esbuild';
import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeNotices } from './notices.mjs';

const workspace = join(dirname(fileURLToPath(import.meta.url)), '../../..');
const dist = join(workspace, 'apps/cli/dist');
// Built beside and moved into place: a command that starts meanwhile finds the old bundle or the new one.
const outdir = `${dist}-${process.pid}`;
const ENTRY = 'main.js';

const { metafile } = await build({
  metafile: true,
  entryPoints: [join(workspace, 'apps/cli/src/main.ts')],
  outdir,
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  minify: false,
  legalComments: 'none',
  logLevel: 'warning',
  chunkNames: 'part-[hash]',
  tsconfig: join(workspace, 'tsconfig.base.json'),
  external: ['typescript', 'esbuild'],
  // CommonJS dependencies inside an ESM bundle still call require for Node's own modules.
  banner: {
    js: "import { createRequire as __cliparityRequire } from 'node:module'; const require = __cliparityRequire(import.meta.url);",
  },
});
// What `replay --stand-in` puts into the executables it writes: one script that needs nothing but Node.
await build({
  entryPoints: [join(workspace, 'libs/replay/src/player-main.ts')],
  outfile: join(outdir, 'replay-player.js'),
  bundle: true,
  platform: 'node',
  format: 'iife',
  target: 'node20',
  logLevel: 'warning',
});
writeNotices(metafile, join(outdir, 'THIRD-PARTY-NOTICES.txt'));
mkdirSync(dist, { recursive: true });
const made = readdirSync(outdir);
// The entry last: what it names is there by then. Parts are called after their content.
for (const name of [...made.filter((one) => one !== ENTRY), ENTRY]) renameSync(join(outdir, name), join(dist, name));
for (const name of readdirSync(dist)) if (!made.includes(name)) rmSync(join(dist, name), { recursive: true });
rmSync(outdir, { recursive: true });
