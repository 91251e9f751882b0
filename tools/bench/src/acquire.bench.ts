import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { acquire, bytesFrom, createHttpClient, openStore, type Store } from '@cliparity/acquisition';
import type { LockEntry } from '@cliparity/model';
import type { Io, Source } from '@cliparity/plugin-api';
import { bundleChild } from './bundle-child.js';
import type { Bench, BenchContext, OpenBench } from './harness.js';
import { bareAsset, packedAsset } from './large-asset.js';
import { mustRun } from './run-program.js';
import { scratchFolder } from './scratch-folder.js';

const SIZE = 150_000_000;
const TASKS = 10;
/** A single look is too short to be timed. */
const LOOKS = 200;

const { signal } = new AbortController();
const io: Io = {
  signal,
  now: () => new Date(),
  emit: () => undefined,
  env: () => undefined,
  secret: (value) => value,
  fetch: createHttpClient({ signal }),
};

/** Opens loopback addresses and counts how often. */
function countingSource(): { readonly source: Source; readonly opened: () => number } {
  let count = 0;
  const source: Source = {
    id: 'loopback',
    revision: 1,
    async *releases() {
      yield* [];
    },
    assets: async () => [],
    owns: (locator) => locator.startsWith('http://127.0.0.1:'),
    async open(locator, from) {
      count += 1;
      const headers: Record<string, string> = from > 0 ? { range: `bytes=${from}-` } : {};
      return bytesFrom(await io.fetch(locator, { headers }), locator);
    },
  };
  return { source, opened: () => count };
}

/** What anybody would type: the transfer through a digest, and the same file unpacked. */
async function byHand(url: string, asset: string, folder: string): Promise<void> {
  const into = join(folder, 'by-hand');
  await mkdir(into, { recursive: true });
  await mustRun(['sh', '-c', `curl -sf '${url}' | sha256sum && tar xf '${asset}' -C '${into}'`], { cwd: folder });
  await rm(into, { recursive: true });
}

async function intoEmptyStore(entry: LockEntry, folder: string): Promise<void> {
  const path = join(folder, 'store');
  await acquire({ entry, sources: [countingSource().source], store: openStore(path), io });
  await rm(path, { recursive: true });
}

/** How often the asset was opened when many tasks asked for it at once. */
async function transfers(entry: LockEntry, folder: string): Promise<number> {
  const path = join(folder, 'shared-store');
  const { source, opened } = countingSource();
  const ask = async () => acquire({ entry, sources: [source], store: openStore(path), io });
  await Promise.all(Array.from({ length: TASKS }, ask));
  await rm(path, { recursive: true });
  return opened();
}

async function times(look: () => Promise<unknown>): Promise<void> {
  for (let turn = 0; turn < LOOKS; turn += 1) await look();
}

async function warmStore(entry: LockEntry, folder: string): Promise<{ store: Store; binary: string }> {
  const store = openStore(join(folder, 'warm-store'));
  const { binaryPath } = await acquire({ entry, sources: [countingSource().source], store, io });
  return { store, binary: binaryPath };
}

async function serve(script: string, asset: string): Promise<{ readonly url: string; readonly stop: () => void }> {
  const child = spawn(process.execPath, [script, asset], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { url: line.toString('utf8').trim(), stop: () => void child.kill() };
}

async function open({ workspace }: BenchContext): Promise<OpenBench> {
  const { path: folder, remove } = await scratchFolder(workspace);
  const server = await bundleChild(workspace, 'asset-server-child', folder);
  const asset = await packedAsset(folder, await bareAsset(folder, SIZE));
  const { url, stop } = await serve(server, asset.path);
  const entry: LockEntry = { ...asset.entry, locator: `${url}/1.0.0/tool` };
  const { store, binary } = await warmStore(entry, folder);
  const shell = 'the same by hand: `curl | sha256sum` and `tar x`';
  return {
    comparisons: [
      {
        name: 'acquire / by hand',
        about: `a ${SIZE / 1e6} MB archive from a loopback server: transferred, verified, unpacked, verified again; against ${shell}`,
        limit: 1.3,
        runs: 5,
        subject: () => intoEmptyStore(entry, folder),
        floor: () => byHand(entry.locator, asset.path, folder),
      },
      {
        name: 'warm store / stat',
        about: `an acquire of what the store has, against one \`stat\` of its file, ${LOOKS} times each`,
        limit: 1.2,
        runs: 15,
        subject: () => times(async () => acquire({ entry, sources: [], store, io })),
        floor: () => times(async () => stat(binary)),
      },
    ],
    measurements: [
      {
        name: 'transfers',
        about: `of one asset when ${TASKS} tasks ask for it at once`,
        unit: 'transfers',
        atMost: 1,
        measure: () => transfers(entry, folder),
      },
    ],
    close: async () => {
      stop();
      await remove();
    },
  };
}

/** What acquiring costs on top of what must be done anyway. */
export const acquireBench: Bench = { name: 'acquire', open };
