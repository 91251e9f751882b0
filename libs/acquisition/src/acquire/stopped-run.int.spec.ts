import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { LockEntry } from '@cliparity/model';
import { serve, setUp, sources } from '../testing/acquire-fixture.js';
import { bundleChild } from '../testing/bundle-child.js';
import { fakeIo, type FakeIo } from '../testing/fake-io.js';
import { serveBytes } from '../testing/loopback-server.js';
import { filesBelow } from '../testing/tmp-dir.js';
import { openStore } from '../store/store.js';
import { acquire, type Acquired } from './acquire.js';
import { pin } from './pin.js';

let folder: string;
let childPath: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cliparity-acquire-child-'));
  childPath = bundleChild('acquire-child', folder);
});
afterAll(async () => rm(folder, { recursive: true, force: true }));

/** A server that sends the first 50 bytes and waits, until told to serve. `halfway` is called at each such answer. */
async function holding(bytes: Buffer, halfway: () => void) {
  const ranges: (string | undefined)[] = [];
  const state = { open: false };
  const server = await serve((asked, response) => {
    ranges.push(asked.headers.range);
    if (state.open) return void serveBytes(bytes)(asked, response);
    response.writeHead(200, { 'content-length': bytes.length });
    response.write(bytes.subarray(0, 50), () => halfway());
  });
  return { locator: `${server.url}/1.2.3/tool`, ranges, state };
}

describe('a run stopped half-way', () => {
  it('leaves a store in which nothing is found, and the next run goes on from there', async () => {
    const { bytes, request, fresh, io } = await setUp();
    const entry = await pin(request);
    const controller = new AbortController();
    const server = await holding(bytes, () => undefined);
    const store = await fresh();
    const slow = { ...entry, locator: server.locator };
    const stopping = fakeIo(controller.signal);
    const emit = (): void => void setImmediate(() => controller.abort());
    const first = acquire({ entry: slow, sources, store, io: { ...stopping, emit } });
    await expect(first).rejects.toMatchObject({ code: 'INTERRUPTED', exitCode: 130 });
    expect(await filesBelow(store.path)).toEqual([`partial/asset-${entry.sha256}.partial`]);
    expect(await store.find(entry)).toBeUndefined();
    server.state.open = true;
    const second = await acquire({ entry: slow, sources, store, io });
    expect(second.downloadedBytes).toBe(bytes.length - 50);
    expect(server.ranges).toEqual([undefined, 'bytes=50-']);
  });
});

describe('one who waits for another', () => {
  it('is told so once, and how far the other one is', async () => {
    const { bytes, request, fresh } = await setUp();
    let goOn = (): void => undefined;
    const gate = new Promise<void>((done) => (goOn = done));
    let asked = (): void => undefined;
    const isFirst = new Promise<void>((done) => (asked = done));
    const server = await serve((_, response) => {
      asked();
      response.writeHead(200, { 'content-length': bytes.length });
      response.write(bytes.subarray(0, 50), () => void gate.then(() => response.end(bytes.subarray(50))));
    });
    const entry = { ...(await pin(request)), locator: `${server.url}/1.2.3/tool` };
    const store = await fresh();
    const [first, second] = [fakeIo(), fakeIo()];
    const transferring = acquire({ entry, sources, store, io: first });
    await isFirst;
    const emit: FakeIo['emit'] = (event) => {
      second.events.push(event);
      if (event.type === 'progress' && event.done === 50) goOn();
    };
    const waiting = acquire({ entry, sources, store: openStore(store.path), io: { ...second, emit } });
    expect([(await transferring).fromStore, (await waiting).fromStore]).toEqual([false, true]);
    const notes = second.events.filter((event) => event.type === 'note');
    expect(notes).toEqual([{ type: 'note', message: expect.stringContaining('another process is fetching 1.2.3') }]);
    const progress = {
      type: 'progress',
      task: `download ${entry.locator}`,
      done: 50,
      total: bytes.length,
      unit: 'bytes',
    };
    expect(second.events).toContainEqual(progress);
    expect(second.events.at(-1)).toEqual({ type: 'end', task: progress.task });
  });
});

describe('processes of their own', () => {
  const start = (entry: LockEntry, store: string) =>
    spawn(process.execPath, [childPath, JSON.stringify(entry), store], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });

  it('transfer once, take over at once from one that was killed, and leave nothing behind', async () => {
    const { bytes, request, fresh } = await setUp();
    let halfway = (): void => undefined;
    const held = new Promise<void>((done) => (halfway = done));
    const server = await holding(bytes, () => halfway());
    const entry = { ...(await pin(request)), locator: server.locator };
    const store = await fresh();
    const killed = start(entry, store.path);
    await held;
    server.state.open = true;
    const others = [1, 2].map(() => start(entry, store.path));
    const told = others.map(async (child) => JSON.parse(await text(child.stdout)) as Acquired);
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    const got = await Promise.all(told);
    expect(got.map((one) => one.fromStore).sort()).toEqual([false, true]);
    expect(server.ranges).toHaveLength(2);
    expect(await store.verify()).toEqual({ checked: 1, problems: [] });
    const left = (await filesBelow(store.path)).filter((path) => !/^(files|meta)\//.test(path));
    expect(left).toEqual([]);
  });
});
