import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Tree } from '@nx/devkit';
import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import { builtins, createIo, createKernel, type Kernel } from '@cliparity/kernel';
import { ManifestSchema, WrapperCoverageSchema, type Config, type Manifest } from '@cliparity/model';
import { PLUGIN_KINDS, type Plugin } from '@cliparity/plugin-api';
import { Ajv } from 'ajv';
import { build } from 'esbuild';
import * as prettier from 'prettier';
import { generatePlugin } from './plugin.js';
import { GENERATED_KINDS, type GeneratedKind } from './plugin-names.js';
import { generateRoot } from './root.js';

// A compiler of everything takes its time on a busy machine.
jest.setTimeout(180_000);

const HOUSE = join(dirname(fileURLToPath(import.meta.url)), '../../../..');
const IDS: Readonly<Record<GeneratedKind, string>> = {
  target: 'riscv64gc-unknown-linux-musl',
  source: 'release-index',
  dialect: 'two-blanks',
  scenario: 'say-version',
  gate: 'merge-marks',
  reporter: 'plain',
};
const run = promisify(execFile);

const made: string[] = [];
afterAll(() => made.forEach((folder) => rmSync(folder, { recursive: true, force: true })));
function newFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'cliparity-gen-')));
  made.push(folder);
  return folder;
}

/** Writes what the generators changed. */
function flush(tree: Tree, folder: string): readonly string[] {
  const changes = tree.listChanges().filter(({ content }) => content !== null);
  for (const { path, content } of changes) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content as Buffer);
  }
  return changes.map(({ path }) => path);
}

function kernelWith(from: readonly Plugin[], config: Config): Promise<Kernel> {
  const fetch = () => Promise.reject(new Error('none'));
  const io = createIo({ signal: new AbortController().signal, emit: () => undefined, fetch });
  return createKernel({ workspace: HOUSE, config: { config, file: undefined, baseDir: HOUSE }, builtins: from, io });
}

/** A library of ours as a package of one file. */
async function install(lib: string, folder: string): Promise<void> {
  const to = join(folder, 'node_modules/@cliparity', lib);
  await build({
    entryPoints: [join(HOUSE, 'libs', lib, 'src/index.ts')],
    outfile: join(to, 'index.js'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
    tsconfig: join(HOUSE, 'tsconfig.base.json'),
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });
  writeFileSync(join(to, 'package.json'), '{ "type": "module", "exports": "./index.js" }');
}

it('makes every kind of plugin there is', () => {
  expect([...GENERATED_KINDS].sort()).toEqual([...PLUGIN_KINDS].sort());
});

describe('in a user’s workspace', () => {
  let folder: string;
  let tree: Tree;
  const dirOf = (kind: GeneratedKind): string => join(folder, `plugins/${kind}-${IDS[kind]}`);

  beforeAll(async () => {
    folder = newFolder();
    tree = createTreeWithEmptyWorkspace();
    for (const kind of GENERATED_KINDS) generatePlugin(tree, kind, { name: IDS[kind] });
    flush(tree, folder);
    // What npm writes today: generated files must be modules by themselves.
    writeFileSync(join(folder, 'package.json'), '{ "type": "commonjs" }');
    await Promise.all(['plugin-api', 'testkit'].map((lib) => install(lib, folder)));
  });

  it.each(GENERATED_KINDS)('a %s passes its contract test under node --test as it is', async (kind) => {
    const { stdout } = await run(process.execPath, ['--test', '--test-reporter=tap'], {
      cwd: dirOf(kind),
      env: { PATH: process.env['PATH'] },
    }).catch((error: { stdout?: string; message: string }) => ({ stdout: `${error.message}\n${error.stdout ?? ''}` }));
    expect(stdout).toMatch(/^# fail 0$/m);
    expect(stdout).not.toMatch(/^# pass [01]$/m);
  });

  it.each(GENERATED_KINDS)('a %s is at most four files of its own and 150 lines, formatted', async (kind) => {
    const files = tree.listChanges().filter(({ path }) => path.startsWith(`plugins/${kind}-`));
    const texts = files.map(({ path, content }) => ({ path, text: String(content) }));
    expect(files.length).toBeLessThanOrEqual(4);
    expect(texts.reduce((sum, { text }) => sum + text.split('\n').length - 1, 0)).toBeLessThanOrEqual(150);
    for (const { path, text } of texts) {
      expect(text).not.toMatch(/[«»‹›]|\{\{/);
      const options = { filepath: path, singleQuote: true, printWidth: 120 };
      expect({ path, same: await prettier.format(text, options) }).toEqual({ path, same: text });
    }
  });

  it('is named in the configuration, once', () => {
    const config = JSON.parse(readFileSync(join(folder, 'cliparity.config.json'), 'utf8')) as { plugins: string[] };
    expect(config.plugins).toEqual(GENERATED_KINDS.map((kind) => `./plugins/${kind}-${IDS[kind]}/index.mjs`));
  });

  it('has a manifest that loads the part', async () => {
    const plugins = GENERATED_KINDS.map((kind) => join(dirOf(kind), 'index.mjs'));
    const kernel = await kernelWith([], { plugins });
    expect(kernel.contributions.map(({ kind, id }) => [kind, id])).toEqual(
      GENERATED_KINDS.map((kind) => [kind, IDS[kind]]),
    );
    expect(await kernel.targets.find(IDS.target)).toMatchObject({ os: 'linux', arch: 'riscv64gc', libc: 'musl' });
    expect(await kernel.source({ use: IDS.source, settings: { url: 'http://127.0.0.1:1/' } }, folder)).toBeDefined();
    await kernel.dispose();
  });

  it('does not rewrite a configuration that is code', () => {
    const other = createTreeWithEmptyWorkspace();
    other.write('cliparity.config.ts', 'export default {};');
    generatePlugin(other, 'target', { name: 'moon' });
    expect(other.exists('cliparity.config.json')).toBe(false);
    expect(other.read('cliparity.config.ts', 'utf8')).toBe('export default {};');
  });

  it.each([
    [{ name: '../x' }, /GENERATOR_NAME_INVALID/],
    [{ name: 'x', directory: '../outside' }, /GENERATOR_FOLDER_OUTSIDE/],
    [{ name: 'x', directory: '/abs' }, /GENERATOR_FOLDER_OUTSIDE/],
    [{ name: IDS.target }, /GENERATOR_PLACE_TAKEN/],
  ])('refuses %j', (options, message) => {
    expect(() => generatePlugin(tree, 'target', options)).toThrow(message);
  });
});

describe('in the workspace of cliparity', () => {
  it('makes TypeScript in the kind’s package that the house’s compiler accepts', async () => {
    const folder = newFolder();
    const tree = createTreeWithEmptyWorkspace();
    tree.write('libs/plugin-api/src/index.ts', '');
    for (const kind of GENERATED_KINDS) {
      tree.write(`plugins/${kind}s/package.json`, '{}');
      generatePlugin(tree, kind, { name: IDS[kind] });
    }
    const files = flush(tree, folder).filter((path) => path.includes('/src/') && path.startsWith('plugins'));
    expect(files.filter((path) => !path.endsWith('.ts'))).toEqual([]);
    expect(files).toContain('plugins/sources/src/release-index/settings.ts');
    rmSync(join(folder, 'libs'), { recursive: true });
    const paths = {
      '@cliparity/plugin-api': [`${HOUSE}/libs/plugin-api/src/index.ts`],
      '@cliparity/*': [`${HOUSE}/libs/*/src/index.ts`],
    };
    const compilerOptions = { paths, typeRoots: [`${HOUSE}/node_modules/@types`] };
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ extends: `${HOUSE}/tsconfig.base.json`, compilerOptions, include: ['plugins'] }),
    );
    symlinkSync(join(HOUSE, 'node_modules'), join(folder, 'node_modules'));
    const { stdout } = await run(process.execPath, [
      join(HOUSE, 'node_modules/typescript/bin/tsc'),
      '-p',
      folder,
    ]).catch((error: { stdout: string }) => error);
    expect(stdout.split('\n').filter((line) => line.includes('plugins/') && !line.includes('../'))).toEqual([]);
    for (const path of files) {
      const text = readFileSync(join(folder, path), 'utf8');
      const options = { filepath: path, singleQuote: true, printWidth: 120 };
      expect({ path, same: await prettier.format(text, options) }).toEqual({ path, same: text });
    }
  });
});

describe('a root', () => {
  it('is one that the schemas and the source accept', async () => {
    const tree = createTreeWithEmptyWorkspace();
    generateRoot(tree, { name: 'my-cli', package: '@me/my-cli', targets: ['linux-x64'] });
    const ajv = new Ajv({ strict: false });
    const read = (file: string): unknown => JSON.parse(tree.read(`cli_manifests/my-cli/${file}`, 'utf8') ?? '');
    expect(ajv.validate(ManifestSchema, read('cliparity.json'))).toBe(true);
    expect(ajv.validate(WrapperCoverageSchema, read('wrapper_coverage.json'))).toBe(true);
    const { sources } = read('cliparity.json') as Manifest;
    const kernel = await kernelWith(builtins, {});
    expect(await kernel.source(sources[0] as Manifest['sources'][number], newFolder())).toMatchObject({ id: 'npm' });
    await kernel.dispose();
    expect(() => generateRoot(tree, { name: 'my-cli' })).toThrow(/GENERATOR_PLACE_TAKEN/);
    expect(() => generateRoot(tree, { name: 'a b' })).toThrow(/GENERATOR_NAME_INVALID/);
  });
});
