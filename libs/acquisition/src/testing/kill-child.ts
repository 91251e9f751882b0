// Run as a process of its own by kill.int.spec.ts, until it is killed: acquires the entries in the file argv[2] into the store argv[3], over
// and over, pruning between, so that any system call of either may be its last. It starts 200 times, so it brings no HTTP client.
import { createReadStream, readFileSync } from 'node:fs';
import type { LockEntry } from '@cliparity/model';
import type { Io, Source } from '@cliparity/plugin-api';
import { acquire } from '../acquire/acquire.js';
import { openStore } from '../store/store.js';

const source: Source = {
  id: 'files',
  revision: 1,
  async *releases() {
    yield* [];
  },
  assets: async () => [],
  owns: (locator) => locator.startsWith('file:'),
  open: async (locator, start) => ({ start, body: createReadStream(locator.slice('file:'.length), { start }) }),
};
const io: Io = {
  signal: new AbortController().signal,
  now: () => new Date(),
  emit: () => undefined,
  env: () => undefined,
  secret: (value) => value,
  fetch: async () => Promise.reject(new Error('no network here')),
};

const [file = '', path = ''] = process.argv.slice(2);
const entries = JSON.parse(readFileSync(file, 'utf8')) as LockEntry[];
process.stdout.write('ready\n');
for (let round = process.pid; ; round += 1) {
  const store = openStore(path);
  const entry = entries[round % entries.length] as LockEntry;
  await acquire({ entry, sources: [source], store, io });
  if (round % 3 === 0) await store.prune();
}
