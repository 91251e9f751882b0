import { join } from 'node:path';
import { build } from 'esbuild';

/** Bundles a file of this folder into a script that Node runs as a process of its own. Returns the script's absolute path. */
export async function bundleChild(workspace: string, name: string, folder: string): Promise<string> {
  const outfile = join(folder, `${name}.mjs`);
  await build({
    entryPoints: [join(workspace, 'tools/bench/src', `${name}.ts`)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'warning',
    tsconfig: join(workspace, 'tsconfig.base.json'),
    // CommonJS dependencies inside an ESM bundle still call require for Node's own modules.
    banner: { js: "import { createRequire as __r } from 'node:module'; const require = __r(import.meta.url);" },
  });
  return outfile;
}
