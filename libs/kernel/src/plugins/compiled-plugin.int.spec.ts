import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { transformSync as swc } from '@swc/core';
import { transformSync as esbuild } from 'esbuild';
import typescript from 'typescript';
import { bootWith, contribution, fakeTarget, folderOf, pluginOf } from '../fake-plugins.js';

const PLUGIN = `
import { API_VERSION, definePlugin } from '@cliparity/plugin-api';
export default definePlugin({
  name: 'compiled',
  apiVersion: API_VERSION,
  contributions: [{ kind: 'dialect', id: 'counting', revision: 3, load: () => import('./counting.mjs') }],
});
`;
const DIALECT = `
import type { HelpPage, PageSurface } from '@cliparity/model';
import { TOKENS, type Dialect, type Target } from '@cliparity/plugin-api';
export default class Counting implements Dialect {
  static readonly inject = [TOKENS.targets];
  readonly id = 'counting';
  readonly revision = 3;
  #seen = 0;
  constructor(private readonly targets: readonly Target[]) {}
  detect(_page: HelpPage): number {
    this.#seen += 1;
    return this.targets.length / 10;
  }
  parse(page: HelpPage): PageSurface {
    return { about: page.text, usage: [String(this.#seen)], commands: [], flags: [], args: [], unexplained: [] };
  }
}
`;

/** TypeScript without decorator metadata, as each compiler writes it when nobody configures it further; two ways of class fields for tsc. */
const COMPILERS: Readonly<Record<string, (source: string) => string>> = {
  esbuild: (source) => esbuild(source, { loader: 'ts', format: 'esm', target: 'node20' }).code,
  swc: (source) =>
    swc(source, { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'es6' } }).code,
  'swc to ES5': (source) =>
    swc(source, { jsc: { parser: { syntax: 'typescript' }, target: 'es5' }, module: { type: 'es6' } }).code,
  tsc: (source) => tsc(source, typescript.ScriptTarget.ES2022),
  'tsc to ES2015': (source) => tsc(source, typescript.ScriptTarget.ES2015),
};
function tsc(source: string, target: typescript.ScriptTarget): string {
  const compilerOptions = { target, module: typescript.ModuleKind.ES2022 };
  return typescript.transpileModule(source, { compilerOptions }).outputText;
}

describe('a class that asks for tokens works alike', () => {
  it.each(Object.keys(COMPILERS))('compiled by %s', async (name) => {
    const compile = COMPILERS[name] as (source: string) => string;
    const baseDir = folderOf({ 'plugin.mjs': compile(PLUGIN), 'counting.mjs': compile(DIALECT) });
    const targets = pluginOf('t', contribution('target', 'here', fakeTarget('here')));
    const kernel = await bootWith([targets], { config: { plugins: ['./plugin.mjs'] }, baseDir });
    const dialect = await kernel.dialect('counting');
    expect(dialect.detect({ text: '' })).toBe(0.1);
    expect(dialect.parse({ text: 'x' })).toMatchObject({ about: 'x', usage: ['1'] });
    expect(kernel.contributions.at(-1)).toEqual({
      kind: 'dialect',
      id: 'counting',
      revision: 3,
      plugin: 'compiled',
      file: join(baseDir, 'plugin.mjs'),
    });
  });
});
