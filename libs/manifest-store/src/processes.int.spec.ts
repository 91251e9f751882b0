import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { build } from 'esbuild';
import { sweepTemps } from './write-atomic.js';
import { tempFolder } from './temp-folder.fixture.js';

let program: string;

beforeAll(async () => {
  program = join(await tempFolder(), 'program.mjs');
  await build({
    stdin: {
      contents: `
        import { readFileSync, writeFileSync } from 'node:fs';
        import { withRootLock } from './root-lock.ts';
        import { writeAtomic } from './write-atomic.ts';
        const [, , what, workspace, count] = process.argv;
        const root = { name: 'codex', path: workspace + '/cli_manifests/codex', workspace };
        const file = workspace + '/counter';
        if (what === 'hold') await withRootLock(root, () => { process.stdout.write('held'); return new Promise((r) => setTimeout(r, 60000)); });
        if (what === 'count') for (let i = 0; i < Number(count); i += 1)
          await withRootLock(root, async () => {
            const seen = Number(readFileSync(file, 'utf8'));
            await new Promise((r) => setTimeout(r, 2));
            writeFileSync(file, String(seen + 1));
          });
        if (what === 'write') for (let i = 0; ; i += 1) { await writeAtomic(file, String(i % 10).repeat(200000)); process.stdout.write('.'); }
      `,
      resolveDir: fileURLToPath(new URL('.', import.meta.url)),
      loader: 'ts',
    },
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: program,
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });
});

const run = (...args: string[]): ChildProcess =>
  spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
const firstOutput = (child: ChildProcess) => once(child.stdout as NodeJS.ReadableStream, 'data');

describe('processes that write to one root', () => {
  it('take turns, also when one of them is killed while it holds the lock', async () => {
    const workspace = await tempFolder();
    await writeFile(join(workspace, 'counter'), '0');
    const holder = run('hold', workspace);
    await firstOutput(holder);
    const counters = [1, 2, 3].map(() => run('count', workspace, '10'));
    const ended = counters.map((child) => once(child, 'exit'));
    holder.kill('SIGKILL');
    for (const [code] of await Promise.all(ended)) expect(code).toBe(0);
    expect(await readFile(join(workspace, 'counter'), 'utf8')).toBe('30');
    expect(await readdir(join(workspace, '.cliparity', 'tmp'))).toEqual([]);
  });
  it('leave a whole file when killed in the middle of writing', async () => {
    const workspace = await tempFolder();
    for (let round = 0; round < 3; round += 1) {
      const writer = run('write', workspace);
      await firstOutput(writer);
      await sleep(round * 7);
      writer.kill('SIGKILL');
      await once(writer, 'exit');
      const content = await readFile(join(workspace, 'counter'), 'utf8');
      expect(content).toHaveLength(200_000);
      expect(new Set(content).size).toBe(1);
    }
    await sweepTemps(workspace);
    expect(await readdir(workspace)).toEqual(['counter']);
  });
});
