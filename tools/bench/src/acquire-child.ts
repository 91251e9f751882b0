// Run as a process of its own by download.bench.ts: acquires the entry in argv[2] into the store at argv[3] and prints its peak memory.
import { readFileSync } from 'node:fs';
import { acquire, bytesFrom, createHttpClient, openStore } from '@cliparity/acquisition';
import type { LockEntry } from '@cliparity/model';
import type { Io, Source } from '@cliparity/plugin-api';

const loopback: Source = {
  id: 'loopback',
  revision: 1,
  async *releases() {
    yield* [];
  },
  assets: async () => [],
  owns: (locator) => locator.startsWith('http://127.0.0.1:'),
  async open(locator, from, io) {
    const headers: Record<string, string> = from > 0 ? { range: `bytes=${from}-` } : {};
    return bytesFrom(await io.fetch(locator, { headers }), locator);
  },
};

/** Bytes. Where Linux tells, of this program alone: what `getrusage` says includes the moment before it was loaded. */
function peakBytes(): number {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS * 1024;
  const peak = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'));
  return Number(peak?.[1]) * 1024;
}

const [entry = '', store = ''] = process.argv.slice(2);
const { signal } = new AbortController();
const io: Io = {
  signal,
  now: () => new Date(),
  emit: () => undefined,
  env: () => undefined,
  secret: (value) => value,
  fetch: createHttpClient({ signal }),
};
const { downloadedBytes } = await acquire({
  entry: JSON.parse(entry) as LockEntry,
  sources: [loopback],
  store: openStore(store),
  io,
});
process.stdout.write(JSON.stringify({ downloadedBytes, peakBytes: peakBytes() }));
