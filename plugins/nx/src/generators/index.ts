import type { Generator } from '@nx/devkit';
import { generateCi, type CiGeneratorOptions } from './ci.js';
import { generatePlugin } from './plugin.js';
import type { GeneratedKind, PluginGeneratorOptions } from './plugin-names.js';
import { generateRoot, type RootGeneratorOptions } from './root.js';

const pluginGenerator =
  (kind: GeneratedKind): Generator<PluginGeneratorOptions> =>
  (tree, options) =>
    generatePlugin(tree, kind, options);

export const targetGenerator = pluginGenerator('target');
export const sourceGenerator = pluginGenerator('source');
export const dialectGenerator = pluginGenerator('dialect');
export const scenarioGenerator = pluginGenerator('scenario');
export const gateGenerator = pluginGenerator('gate');
export const reporterGenerator = pluginGenerator('reporter');
export const rootGenerator: Generator<RootGeneratorOptions> = (tree, options) => generateRoot(tree, options);
export const ciGenerator: Generator<CiGeneratorOptions> = (tree, options) => generateCi(tree, options);
