import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bench, BenchContext, OpenBench } from './harness.js';
import { mustRun, runProgram } from './run-program.js';
import { scratchFolder } from './scratch-folder.js';

const START = ['npm', 'start'];

/** The first start may build, download and capture; it is no part of the figure. */
async function unavailable({ workspace }: BenchContext): Promise<string | undefined> {
  if (!existsSync(join(workspace, 'node_modules/.bin/cliparity'))) return 'the command is not linked: run `npm ci`';
  const { code, stdout, stderr } = await runProgram(START, { cwd: workspace });
  if (code === 0) return undefined;
  return `\`npm start\` ended with ${code} (${(stderr || stdout).trim().split('\n').slice(-3).join(' ')})`;
}

async function open({ workspace }: BenchContext): Promise<OpenBench> {
  const folder = await scratchFolder(workspace);
  const store = join(folder.path, 'store');
  await mkdir(store);
  // An empty store and a registry where nobody answers: a start that needs a binary or a byte of the network fails here.
  const env = {
    CLIPARITY_STORE: store,
    npm_config_registry: 'http://127.0.0.1:9/',
    HTTPS_PROXY: 'http://127.0.0.1:9',
    HTTP_PROXY: 'http://127.0.0.1:9',
  };
  return {
    comparisons: [
      {
        name: 'second start / nx',
        about: '`npm start` with nothing changed (empty store, no network), against `nx show projects`',
        limit: 3,
        runs: 7,
        subject: async () => void (await mustRun(START, { cwd: workspace, env })),
        floor: async () => void (await mustRun(['node_modules/.bin/nx', 'show', 'projects'], { cwd: workspace, env })),
      },
    ],
    close: folder.remove,
  };
}

/** What it costs to look again when nothing has changed. */
export const startBench: Bench = { name: 'start', unavailable, open };
