import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sha256, type LockEntry } from '@cliparity/model';
import { MEMBERS, setUp, sources, TREE } from '../testing/acquire-fixture.js';
import { bundleChild } from '../testing/bundle-child.js';
import { filesBelow } from '../testing/tmp-dir.js';
import { openStore, type Store } from '../store/store.js';
import { acquire } from './acquire.js';
import { pin } from './pin.js';

const KILLS = 200;
const AT_ONCE = 4;
/** Long enough for several rounds of a child, so that the blow falls anywhere in one. */
const LONGEST_MS = 40;

let folder: string;
let child: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cliparity-kill-'));
  child = bundleChild('kill-child', folder);
});
afterAll(async () => rm(folder, { recursive: true, force: true }));

/** A few numbers that differ from run to run, told when the test fails. */
const seed = Date.now() % 1_000_000;
let state = seed;
function random(below: number): number {
  state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
  return (state / 2 ** 31) * below;
}

async function killOne(entries: string, store: string): Promise<void> {
  const running = spawn(process.execPath, [child, entries, store], { stdio: ['ignore', 'pipe', 'pipe'] });
  const said: Buffer[] = [];
  running.stderr.on('data', (chunk: Buffer) => said.push(chunk));
  const ended = once(running, 'exit');
  await Promise.race([once(running.stdout, 'data'), ended]);
  await pause(random(LONGEST_MS));
  running.kill('SIGKILL');
  const [, signal] = (await ended) as [number | null, string | null];
  // A child that ended by itself has failed, which none may because another was killed.
  expect(`${signal} ${Buffer.concat(said).toString('utf8')}`).toBe('SIGKILL ');
}

/** What must hold at any moment, whoever was killed: all that is found is whole. */
async function consistent(store: Store, entries: readonly LockEntry[]): Promise<void> {
  expect({ seed, problems: (await store.verify()).problems }).toEqual({ seed, problems: [] });
  for (const entry of entries) {
    const found = await store.find(entry);
    if (found !== undefined) expect(sha256(await readFile(found.binaryPath))).toBe(entry.binary_sha256);
  }
}

describe('a store whose users are killed', () => {
  it(`at ${KILLS} random moments is consistent after each, and whole after the next run`, async () => {
    const file = await setUp();
    const tree = await setUp(TREE);
    const entries = [await pin(file.request), await pin(tree.request)];
    const list = join(folder, 'entries.json');
    for (const { bytes } of [file, tree]) await writeFile(join(folder, sha256(bytes)), bytes);
    await writeFile(list, JSON.stringify(entries.map((e) => ({ ...e, locator: `file:${join(folder, e.sha256)}` }))));
    const store = await file.fresh();
    for (let killed = 0; killed < KILLS; killed += AT_ONCE) {
      await Promise.all(Array.from({ length: AT_ONCE }, async () => killOne(list, store.path)));
      await consistent(store, entries);
    }
    for (const entry of entries) {
      const { binaryPath } = await acquire({ entry, sources, store, io: file.io });
      expect(await readFile(binaryPath, 'utf8')).toBe(MEMBERS[0]?.text);
    }
    await consistent(store, entries);
    // The next run that puts something sweeps up; locks of the dead are taken over when they are asked for.
    await openStore(store.path).stage(async () => undefined);
    expect(await filesBelow(join(store.path, 'tmp'))).toEqual([]);
  }, 600_000);
});
