// Run as a process of its own by kill.int.spec.ts, until it is killed: acquires the entries in the file argv[2] into the store argv[3], over
// and over, pruning between, so that any system call of either may be its last.
import { readFileSync } from 'node:fs';
import type { LockEntry } from '@cliparity/model';
import { acquire } from '../acquire/acquire.js';
import { openStore } from '../store/store.js';
import { fakeIo } from './fake-io.js';
import { loopbackSource } from './loopback-source.js';

const [file = '', path = ''] = process.argv.slice(2);
const entries = JSON.parse(readFileSync(file, 'utf8')) as LockEntry[];
process.stdout.write('ready\n');
for (let round = process.pid; ; round += 1) {
  const store = openStore(path);
  const entry = entries[round % entries.length] as LockEntry;
  await acquire({ entry, sources: [loopbackSource], store, io: fakeIo() });
  if (round % 3 === 0) await store.prune();
}
