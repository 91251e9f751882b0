#!/usr/bin/env node
// Asks the shared cache whether it works before Nx relies on it: Nx ends a run that meets a dead, refusing or corrupting server.
//   cache-preflight.mjs COMMAND…   runs the command, without the shared cache if that does not work
//   cache-preflight.mjs            only says; exit 1 when it does not work
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { constants } from 'node:os';

const SERVER = 'NX_SELF_HOSTED_REMOTE_CACHE_SERVER';
const TOKEN = 'NX_SELF_HOSTED_REMOTE_CACHE_ACCESS_TOKEN';
const TIMEOUT_MS = Number(process.env.CLIPARITY_CACHE_TIMEOUT_MS ?? 5000);
/** One artifact that everybody stores under one hash and everybody compares: no task can have it, hashes of tasks are shorter. */
const PROBE_HASH = '90210000000000000000000000000000000001';
const PROBE = Buffer.from(Array.from({ length: 4096 }, (_, at) => (at * 31) % 251));

/** What the server answered: status and bytes. */
async function ask(hash, body) {
  const token = process.env[TOKEN];
  const response = await globalThis.fetch(new URL(`/v1/cache/${hash}`, process.env[SERVER]), {
    method: body === undefined ? 'GET' : 'PUT',
    redirect: 'error',
    signal: globalThis.AbortSignal.timeout(TIMEOUT_MS),
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(body === undefined
        ? {}
        : { 'content-type': 'application/octet-stream', 'content-length': String(body.length) }),
    },
    ...(body === undefined ? {} : { body }),
  });
  return { status: response.status, bytes: Buffer.from(await response.arrayBuffer()) };
}

const refused = ({ status }) => (status === 401 || status === 403 ? `it refuses the token (${status})` : undefined);

/** Why the server must not be used; undefined when it may. A token that may only read is enough. */
async function problemOf() {
  const unknown = await ask(`9021${randomInt(2 ** 47)}${randomInt(2 ** 47)}`);
  if (unknown.status !== 404)
    return refused(unknown) ?? `it answers ${unknown.status} where it should have nothing (404)`;
  const put = await ask(PROBE_HASH, PROBE);
  if (put.status === 401) return refused(put);
  if (![200, 201, 202, 204, 403, 409].includes(put.status)) return `it answers ${put.status} to a new artifact`;
  const got = await ask(PROBE_HASH);
  // Without the right to write and before anybody else wrote it, there is nothing to compare.
  if (got.status === 404 && put.status === 403) return undefined;
  if (got.status !== 200) return `it lost an artifact (${got.status})`;
  return got.bytes.equals(PROBE) ? undefined : 'it gives back other bytes than it was given';
}

/** The error’s own words; `fetch` hides them in the cause. */
function wordsOf(error) {
  if (error?.name === 'TimeoutError') return `it did not answer within ${TIMEOUT_MS} ms`;
  return error?.cause?.code ?? error?.cause?.message ?? error?.message ?? String(error);
}

/** Never with credentials that stand in the address. */
function placeOf(address) {
  try {
    return new URL(address).host;
  } catch {
    return 'an address that is no URL';
  }
}

async function check() {
  const address = process.env[SERVER];
  if (!address) return { usable: true, words: 'no shared cache is set: this run uses the local one' };
  const problem = await problemOf().catch(wordsOf);
  if (problem === undefined) return { usable: true, words: `the shared cache at ${placeOf(address)} works` };
  return {
    usable: false,
    words: `the shared cache at ${placeOf(address)} is left out: ${problem}; this run uses the local one`,
  };
}

const { usable, words } = await check();
process.stderr.write(`cache-preflight: ${words}\n`);
const [command, ...rest] = process.argv.slice(2);
if (command === undefined) {
  process.exitCode = usable ? 0 : 1;
} else {
  // Empty, not absent: Nx would take an absent one from a .env file.
  const env = usable ? process.env : { ...process.env, [SERVER]: '' };
  const child = spawn(command, rest, { stdio: 'inherit', env, shell: process.platform === 'win32' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    process.stderr.write(`cache-preflight: ${command} cannot be started: ${error.message}\n`);
    process.exitCode = 3;
  });
  child.on('close', (code, signal) => {
    // One that was never started ends, too, with a number of the system’s.
    process.exitCode ??= code ?? 128 + (constants.signals[signal] ?? 0);
  });
}
