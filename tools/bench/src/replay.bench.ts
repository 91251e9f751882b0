import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeStandIn } from '@cliparity/replay';
import { build } from 'esbuild';
import type { Bench, BenchContext, OpenBench } from './harness.js';

const LINES = 100_000;
const LINE = '{"type":"item.completed","item":{"id":"item_0","type":"agent_message","text":"It printed one line."}}\n';

/** The player as it is shipped: one file. */
async function playerText(workspace: string): Promise<string> {
  const built = await build({
    entryPoints: [join(workspace, 'libs/replay/src/player-main.ts')],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'iife',
    target: 'node20',
  });
  return built.outputFiles[0]?.text ?? '';
}

/** Runs a program and counts what comes, as a wrapper reads it. */
async function readAll(file: string, args: readonly string[]): Promise<number> {
  const child = spawn(file, [...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let size = 0;
  child.stdout.on('data', (chunk: Buffer) => (size += chunk.length));
  await once(child, 'close');
  return size;
}

async function mustRead(size: number, file: string, args: readonly string[] = []): Promise<void> {
  const got = await readAll(file, args);
  if (got !== size) throw new Error(`${String(got)} bytes came instead of ${String(size)}`);
}

async function open({ workspace }: BenchContext): Promise<OpenBench> {
  const folder = await mkdtemp(join(tmpdir(), 'cliparity-bench-'));
  const player = await playerText(workspace);
  let count = 0;
  /** A fresh stand-in for each run: it plays one call. */
  const standIn = async (name: string): Promise<string> => {
    count += 1;
    const path = join(folder, `codex-${String(count)}`);
    const calls = [{ fixture: join(folder, name) }];
    await writeStandIn({ path, state: join(folder, `state-${String(count)}`), calls, player, node: process.execPath });
    return path;
  };
  await writeFile(join(folder, 'short.jsonl'), LINE);
  await writeFile(join(folder, 'long.jsonl'), LINE.repeat(LINES));
  return {
    comparisons: [
      {
        name: 'replay start / node',
        about: 'a stand-in that plays one line, against `node -e 0`',
        limit: 2,
        runs: 31,
        subject: async () => mustRead(LINE.length, await standIn('short.jsonl')),
        floor: () => mustRead(0, process.execPath, ['-e', '0']),
      },
      {
        name: 'replay of 100,000 lines / cat',
        about:
          'a stand-in that plays a long stream, read through a pipe, against `node -e 0` and `cat` of the same file after it',
        limit: 2,
        runs: 15,
        subject: async () => mustRead(LINE.length * LINES, await standIn('long.jsonl')),
        floor: async () => {
          await mustRead(0, process.execPath, ['-e', '0']);
          await mustRead(LINE.length * LINES, 'cat', [join(folder, 'long.jsonl')]);
        },
      },
    ],
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

/** How fast a stand-in is, which other people’s tests wait for. */
export const replayBench: Bench = { name: 'replay', open };
