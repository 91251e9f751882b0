import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { buildSync } from 'esbuild';
import { folderOf } from './fake-plugins.js';

const workspace = resolve(fileURLToPath(import.meta.url), '../../../..');

// Everything that is loaded late must survive the bundler: an `import()` of CommonJS has other exports there than in Node.
const ENTRY = `
import { builtins, createIo, createKernel, loadConfig } from '@cliparity/kernel';
const baseDir = process.argv[2];
const signal = new AbortController().signal;
const io = createIo({ signal, emit: () => {}, fetch: () => Promise.reject(new Error('none')) });
const config = await loadConfig({ workspace: baseDir, set: ['concurrency=2'] });
const kernel = await createKernel({ workspace: baseDir, config, builtins, io });
const bad = await kernel.source({ use: 'npm', settings: { packge: 'x' } }, baseDir).catch((error) => error);
const unknown = await loadConfig({ workspace: baseDir, set: ['concurency=2'] }).catch((error) => error);
console.log(JSON.stringify([
  config.config,
  (await kernel.targets.find('linux-x64')).id,
  (await kernel.reporter('pretty')).id,
  (await kernel.dialects()).length > 0,
  (await kernel.gates()).map(({ id }) => id),
  bad.code,
  unknown.code,
]));
`;
const PLUGIN = `export default { name: 'p', apiVersion: 1, contributions: [{ kind: 'gate', id: 'g', revision: 1,
  load: async () => ({ default: { id: 'g', revision: 1, inputs: [], run: async () => [] } }) }] };`;

describe('the kernel in a bundle', () => {
  it('reads configuration, checks settings and loads plugins under plain Node', () => {
    const folder = folderOf({ 'cliparity.config.yaml': 'plugins: [./p.mjs]\n', 'p.mjs': PLUGIN, 'entry.ts': ENTRY });
    buildSync({
      entryPoints: [join(folder, 'entry.ts')],
      outdir: join(folder, 'out'),
      bundle: true,
      splitting: true,
      platform: 'node',
      format: 'esm',
      outExtension: { '.js': '.mjs' },
      tsconfig: join(workspace, 'tsconfig.base.json'),
      nodePaths: [join(workspace, 'node_modules')],
      external: ['typescript', 'esbuild'],
      banner: { js: `import { createRequire as r } from 'node:module'; const require = r(import.meta.url);` },
    });
    const told = execFileSync(process.execPath, [join(folder, 'out/entry.mjs'), folder], {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'] },
    });
    expect(JSON.parse(told)).toEqual([
      { plugins: ['./p.mjs'], concurrency: 2 },
      'linux-x64',
      'pretty',
      true,
      ['g'],
      'SOURCE_SETTINGS_INVALID',
      'CONFIG_UNKNOWN_KEY',
    ]);
  });
});
