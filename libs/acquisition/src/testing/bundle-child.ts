import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

const workspace = resolve(fileURLToPath(import.meta.url), '../../../../..');

/** Bundles a script of this folder into one file that plain Node runs; gives its path. */
export function bundleChild(name: string, folder: string): string {
  const outfile = join(folder, `${name}.mjs`);
  buildSync({
    entryPoints: [join(workspace, 'libs/acquisition/src/testing', `${name}.ts`)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    tsconfig: join(workspace, 'tsconfig.base.json'),
    banner: { js: `import { createRequire as r } from 'node:module'; const require = r(import.meta.url);` },
  });
  return outfile;
}
