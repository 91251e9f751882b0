import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { isolationHere, isolationReport, runIsolated } from '@cliparity/runners';
import { codexBinary, codexUnavailable } from './codex-binary.js';
import type { Bench, BenchContext, OpenBench } from './harness.js';
import { scratchFolder } from './scratch-folder.js';

/** One pair starts so many: a single start is too short to be timed beside other work. */
const STARTS = 10;

/** As a program is started when nobody minds: our folders, no limits, no namespaces; both streams collected. */
async function bare(file: string, home: string): Promise<string> {
  const env = { NO_COLOR: '1', TERM: 'dumb', COLUMNS: '100', PATH: '/usr/bin:/bin', HOME: home };
  const child = spawn(file, ['--help'], { cwd: home, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const [out] = await Promise.all([buffer(child.stdout), buffer(child.stderr), once(child, 'close')]);
  return out.toString('utf8');
}

async function apart(file: string, scratch: string): Promise<string> {
  const spec = { file, args: ['--help'], scratch, timeoutMs: 10_000, maxOutputBytes: 4 * 1024 * 1024, columns: 100 };
  return (await runIsolated(spec)).stdout;
}

async function times(start: () => Promise<string>): Promise<void> {
  for (let turn = 0; turn < STARTS; turn += 1) {
    if (!(await start()).includes('Usage: ')) throw new Error('no help came');
  }
}

async function open(context: BenchContext): Promise<OpenBench> {
  const { path } = await codexBinary(context);
  const folder = await scratchFolder(context.workspace);
  const home = join(folder.path, 'home');
  await mkdir(home);
  const { network, processes } = isolationReport(await isolationHere());
  return {
    comparisons: [
      {
        name: 'isolated / bare',
        about: `\`codex --help\` apart from this machine (network: ${network}, processes: ${processes}), against a bare spawn`,
        limit: 1.5,
        runs: 21,
        subject: () => times(() => apart(path, folder.path)),
        floor: () => times(() => bare(path, home)),
      },
    ],
    close: folder.remove,
  };
}

/** What fresh folders, an environment from nothing and namespaces cost per start. */
export const isolationBench: Bench = { name: 'isolation', unavailable: codexUnavailable, open };
