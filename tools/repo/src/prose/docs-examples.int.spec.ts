import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { builtins, createIo, createKernel } from '@cliparity/kernel';
import { layout, type Layout } from '@cliparity/manifest-store';
import { ArgSchema, CommandRowSchema, CommandSchema, FlagSchema, LockEntrySchema } from '@cliparity/model';
import { PLUGIN_KINDS, type PluginKind } from '@cliparity/plugin-api';
import ts from 'typescript';

const workspace = resolve(fileURLToPath(import.meta.url), '../../../../..');
const docs = join(workspace, 'docs/plugins');
const examples = join(docs, 'examples');
const sourcesOf = (kind: PluginKind): readonly string[] => readdirSync(join(examples, kind)).sort();

interface Block {
  /** What the comment above the block calls it: a file, relative to the page or the workspace. */
  readonly file: string;
  readonly text: string;
}

/** The TypeScript blocks of a page: each stands below a comment that names the file it is from. */
function blocksOf(page: string): readonly Block[] {
  const found = [...page.matchAll(/^<!-- (\S+) -->\n\n```ts\n([\s\S]*?)^```$/gm)];
  return found.map(([, file = '', text = '']) => ({ file, text }));
}

const boot = () =>
  createKernel({
    workspace,
    config: {
      config: { plugins: PLUGIN_KINDS.map((kind) => `./${kind}/index.ts`) },
      file: undefined,
      baseDir: examples,
    },
    builtins,
    io: createIo({
      signal: new AbortController().signal,
      emit: () => undefined,
      fetch: () => Promise.reject(new Error('no network in this test')),
    }),
  });

describe.each(PLUGIN_KINDS)('the page about %ss', (kind) => {
  const page = readFileSync(join(docs, `${kind}s.md`), 'utf8');
  const blocks = blocksOf(page);

  it('names the file of each of its blocks', () => {
    expect(blocks).toHaveLength([...page.matchAll(/^```ts$/gm)].length);
  });

  it('shows every file of its example as it is', () => {
    const shown = blocks.filter(({ file }) => file.startsWith('examples/'));
    expect(shown.map(({ file }) => file).sort()).toEqual(sourcesOf(kind).map((name) => `examples/${kind}/${name}`));
    for (const { file, text } of shown) expect([file, text]).toEqual([file, readFileSync(join(docs, file), 'utf8')]);
  });

  it('quotes the interface as it is', () => {
    const quoted = blocks.filter(({ file }) => !file.startsWith('examples/'));
    const name = `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;
    expect(quoted.map(({ text }) => text).join('')).toContain(`export interface ${name} `);
    for (const { file, text } of quoted) {
      const source = readFileSync(join(workspace, file), 'utf8');
      // Several declarations may be quoted in one block, parted by an empty line.
      for (const part of text.split(/\n\n(?=export )/)) expect(source).toContain(part.trimEnd());
    }
  });
});

/** What the functions of the layout table are asked with, so that their answers read as the page writes them. */
const PLACES: Readonly<Record<string, (at: Layout) => readonly string[]>> = {
  snapshotsOf: (at) => [at.snapshotsOf('1.2.3')],
  snapshot: (at) => [at.snapshot('1.2.3', 'TARGET')],
  union: (at) => [at.union('1.2.3')],
  reportsOf: (at) => [at.reportsOf('1.2.3')],
  report: (at) => [at.report('1.2.3', 'NAME')],
  version: (at) => [at.version('1.2.3')],
  pointer: (at) => [at.pointer('latest_supported', 'TARGET'), at.pointer('latest_validated', 'TARGET')],
  ratchet: (at) => [at.ratchet('NAME')],
  observed: (at) => [at.observed('WRAPPER')],
  rawHelp: (at) => [at.rawHelp('1.2.3', 'TARGET')],
};

describe('the page about formats', () => {
  const page = readFileSync(join(workspace, 'docs/formats.md'), 'utf8');
  const asWritten = (path: string): string =>
    path
      .replaceAll('\\', '/')
      .replace('1.2.3', '<version>')
      .replace(/[A-Z]+(?=[./]|$)/, (word) => `<${word.toLowerCase()}>`);

  it('has every file of the layout table', () => {
    const at = layout('');
    const paths = Object.entries(at).flatMap(([name, place]) => {
      if (typeof place === 'string') return [place];
      return PLACES[name]?.(at).map(asWritten) ?? [`${name}, which this test cannot ask`];
    });
    expect(paths.filter((path) => !page.includes(`\`${path}`))).toEqual([]);
  });

  it('names every schema, and every field of a unit', () => {
    const schemas = readdirSync(join(workspace, 'libs/model/schemas')).map((name) => name.replace('.schema.json', ''));
    const units = [FlagSchema, ArgSchema, CommandRowSchema, CommandSchema, LockEntrySchema];
    const fields = units.flatMap(({ properties }) => Object.keys(properties));
    const named = new Set([...page.matchAll(/`([a-z][\w-]*)(?:\[\])?`/g)].map(([, word]) => word));
    expect([...schemas, ...fields].filter((word) => !named.has(word))).toEqual([]);
  });
});

describe('the examples', () => {
  const files = PLUGIN_KINDS.flatMap((kind) => sourcesOf(kind).map((name) => join(examples, kind, name)));

  it('type-check as strictly as the house', () => {
    const config = ts.readConfigFile(join(workspace, 'tsconfig.base.json'), (path) => readFileSync(path, 'utf8'));
    const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, workspace);
    const program = ts.createProgram(files, options);
    const problems = ts
      .getPreEmitDiagnostics(program)
      .filter(({ file }) => file?.fileName.startsWith(examples) ?? true)
      .map(({ file, messageText }) => `${file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`);
    expect(problems).toEqual([]);
  }, 120_000);

  it('load through the kernel beside the built-ins, each kind', async () => {
    const kernel = await boot();
    const own = kernel.contributions.filter(({ plugin }) => plugin.startsWith('example-'));
    expect(own.map(({ kind }) => kind)).toEqual(PLUGIN_KINDS);
    const idOf = (kind: PluginKind): string => own.find((one) => one.kind === kind)?.id ?? '';
    const use = { use: idOf('source'), settings: { url: 'https://downloads.example.org/tool/' } };
    const loaded = [
      await kernel.targets.find(idOf('target')),
      await kernel.source(use, examples),
      await kernel.dialect(idOf('dialect')),
      (await kernel.scenarios()).find(({ id }) => id === idOf('scenario')),
      (await kernel.gates()).find(({ id }) => id === idOf('gate')),
      await kernel.reporter(idOf('reporter')),
    ];
    expect(loaded.map((part) => part?.id)).toEqual(own.map(({ id }) => id));
    await kernel.dispose();
  });

  it('have settings that are checked', async () => {
    const kernel = await boot();
    await expect(kernel.source({ use: 'release-index', settings: {} }, examples)).rejects.toMatchObject({
      code: 'SOURCE_SETTINGS_INVALID',
    });
    await kernel.dispose();
  });
});

// Each example’s own test registers the contract of its kind here, as it does where the page tells readers to put it.
for (const kind of PLUGIN_KINDS) await import(pathToFileURL(join(examples, kind, `${kind}.spec.ts`)).href);
