import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { finishRun, runScenario, type RawRun } from '@cliparity/harvest';
import { startModelServer } from '@cliparity/model-server';
import type { Plan, Scenario } from '@cliparity/plugin-api';
import { scenariosPlugin } from '@cliparity/plugin-scenarios';
import { codexBinary, codexUnavailable } from './codex-binary.js';
import type { Bench, BenchContext, OpenBench } from './harness.js';

/** One turn with one command that sleeps: longer than a second, so that start-up does not count. */
const SCENARIO = 'codex-thread_tool_retry';
const EVENTS = 100_000;

async function planOf(version: string): Promise<Plan> {
  const found = scenariosPlugin.contributions.find(({ id }) => id === SCENARIO);
  const scenario = (await found?.load())?.default as Scenario;
  return scenario.plan({ cli: 'codex', version, target: 'x86_64-unknown-linux-musl' });
}

/** The same command line and the same script, as somebody would run them by hand. */
async function bare(plan: Plan, binary: string, folder: string): Promise<void> {
  const [step] = plan.steps;
  if (plan.model === undefined || step === undefined) throw new Error('the scenario has no model or no step');
  const home = await mkdtemp(join(folder, 'home-'));
  const model = await startModelServer(plan.model);
  await mkdir(join(home, '.codex'));
  const config = plan.files['home/.codex/config.toml'] ?? '';
  await writeFile(join(home, '.codex/config.toml'), config.replaceAll('{{model}}', model.url));
  const env = { PATH: '/usr/bin:/bin', HOME: home, NO_COLOR: '1', LANG: 'C.UTF-8', ...plan.env };
  const child = spawn(binary, [...step.argv], { cwd: home, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const [out] = await Promise.all([buffer(child.stdout), buffer(child.stderr), once(child, 'close')]);
  await model.close();
  await rm(home, { recursive: true, force: true });
  if (!out.toString('utf8').includes('turn.completed')) throw new Error('the turn did not complete');
}

const VALUES = {
  cwd: '/tmp/run-1/work',
  home: '/tmp/run-1/home',
  tmp: '/tmp/run-1/tmp',
  zone: 'UTC0',
  port: '41234',
  proxyPort: '41235',
};

/** Events as codex prints them, with an id, a folder or a shell in every other one. */
function longRun(): RawRun {
  const thread = randomUUID();
  const kinds: readonly ((n: number) => unknown)[] = [
    () => ({ type: 'thread.started', thread_id: thread }),
    () => ({ type: 'turn.started' }),
    (n) => ({
      type: 'item.completed',
      item: { id: `item_${String(n)}`, type: 'command_execution', command: "/bin/bash -lc 'echo x'", exit_code: 0 },
    }),
    (n) => ({
      type: 'item.completed',
      item: { id: `item_${String(n)}`, type: 'file_change', changes: [{ path: `${VALUES.cwd}/a.txt`, kind: 'add' }] },
    }),
    () => ({ type: 'item.completed', item: { id: 'item_1', type: 'agent_message', text: 'It printed two.' } }),
    () => ({ type: 'turn.completed', usage: { input_tokens: 44, cached_input_tokens: 12, output_tokens: 28 } }),
  ];
  const lines = Array.from({ length: EVENTS }, (_, n) => JSON.stringify(kinds[n % kinds.length]?.(n)));
  const end = { exit: { code: 0, signal: null }, unfinished: false, invalidUtf8: false };
  return { streams: [{ name: 'long', transport: 'exec', argv: [], lines, ...end }], values: VALUES };
}

async function cleanRate(plan: Plan): Promise<number> {
  const run = longRun();
  // The rules of the secret scanner are loaded with the first text.
  await finishRun({ ...run, streams: [] }, plan);
  const started = process.cpuUsage();
  await finishRun(run, plan);
  const { user, system } = process.cpuUsage(started);
  return EVENTS / ((user + system) / 1e6);
}

async function open(context: BenchContext): Promise<OpenBench> {
  const { path, entry } = await codexBinary(context);
  const plan = await planOf(entry.semantic_version);
  // Outside of the workspace: codex looks for a repository around its folder.
  const folder = await mkdtemp(join(tmpdir(), 'cliparity-bench-'));
  const spec = { name: 'bench', plan, binary: path, scratch: folder, signal: new AbortController().signal };
  return {
    comparisons: [
      {
        name: 'recorded run / bare run',
        about:
          'one scenario of `codex exec` recorded and cleaned, against the same command line and model script by hand',
        limit: 1.15,
        runs: 9,
        subject: async () => void (await finishRun(await runScenario(spec), plan)),
        floor: () => bare(plan, path, folder),
      },
    ],
    measurements: [
      {
        name: 'events cleaned',
        about: 'normalised, checked to be JSON, and searched for secrets by value and by rule, per second of one core',
        unit: 'events/s',
        atLeast: 200_000,
        measure: () => cleanRate(plan),
      },
    ],
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

/** What recording costs beside the upstream itself. */
export const harvestBench: Bench = { name: 'harvest', unavailable: codexUnavailable, open };
