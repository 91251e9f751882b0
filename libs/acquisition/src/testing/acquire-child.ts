// Run as a process of its own by a test: acquires the entry in argv[2] into the store at argv[3] and prints what came of it.
import type { LockEntry } from '@cliparity/model';
import { acquire } from '../acquire/acquire.js';
import { openStore } from '../store/store.js';
import { fakeIo } from './fake-io.js';
import { loopbackSource } from './loopback-source.js';

const [entry = '', store = ''] = process.argv.slice(2);
const request = { sources: [loopbackSource], store: openStore(store), io: fakeIo() };
const got = await acquire({ ...request, entry: JSON.parse(entry) as LockEntry });
process.stdout.write(JSON.stringify(got));
