// What Nx loads for a task. Nx keeps its own TypeScript hook only while it loads a file, and ours load plugins later, when they are needed:
// so the sources run as what they are, ES modules, under a loader that stays; a built package has its own dist.
const { existsSync } = require('node:fs');
const { register } = require('node:module');
const { join } = require('node:path');
const { pathToFileURL } = require('node:url');

const source = join(module.path, 'src/executors/index.ts');
let loading;

function load() {
  if (!existsSync(source)) return import('./dist/executors/index.js');
  process.env.SWC_NODE_PROJECT ??= join(module.path, '../../tsconfig.base.json');
  register('@swc-node/register/esm', pathToFileURL(module.filename));
  return import(pathToFileURL(source).href);
}

const executors = () => (loading ??= load());

module.exports = {
  runTask: async (...words) => (await executors()).runTask(...words),
  runTasks: async function* runTasks(...words) {
    yield* (await executors()).runTasks(...words);
  },
};
