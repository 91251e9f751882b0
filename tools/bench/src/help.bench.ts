import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench, BenchContext, OpenBench } from './harness.js';
import { mustRun } from './run-program.js';

const bundleOf = (context: BenchContext): string => join(context.workspace, 'apps/cli/dist/main.js');

function open({ workspace }: BenchContext): OpenBench {
  const node = process.execPath;
  const command = join(workspace, 'apps/cli/bin/cliparity.mjs');
  const run = (...words: readonly string[]) => {
    return async (): Promise<void> => void (await mustRun([node, ...words], { cwd: workspace }));
  };
  return {
    comparisons: [
      {
        name: '--help / node',
        about: '`cliparity --help`, against `node -e 0`',
        limit: 1.5,
        runs: 31,
        subject: run(command, '--help'),
        floor: run('-e', '0'),
      },
    ],
  };
}

/** What somebody waits for who only asks what there is. */
export const helpBench: Bench = {
  name: 'help',
  unavailable: (context) => (existsSync(bundleOf(context)) ? undefined : 'the bundle is missing: run `npm run build`'),
  open,
};
