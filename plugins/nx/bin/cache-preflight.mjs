#!/usr/bin/env node
// Asks the shared cache whether it works before Nx relies on it: Nx ends a run that meets a dead, refusing or corrupting server.
//   cache-preflight.mjs COMMAND…   runs the command, without the shared cache if that does not work; while it runs, a single artifact that is
//                                  damaged or cannot be had counts as not there
//   cache-preflight.mjs            only says; exit 1 when it does not work
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { constants } from 'node:os';
import { startCacheProxy } from './cache-proxy.mjs';

const SERVER = 'NX_SELF_HOSTED_REMOTE_CACHE_SERVER';
const TOKEN = 'NX_SELF_HOSTED_REMOTE_CACHE_ACCESS_TOKEN';
/** Milliseconds that a variable says; the usual ones where it says none. */
const patience = (name, usual) => (Number(process.env[name]) > 0 ? Number(process.env[name]) : usual);
const TIMEOUT_MS = patience('CLIPARITY_CACHE_TIMEOUT_MS', 5000);
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

/** `fetch` takes none there, and prints the address when it says so. */
const holdsCredentials = ({ username, password }) => username !== '' || password !== '';

/** Why the server must not be used; undefined when it may. A token that may only read is enough. */
async function problemOf() {
  if (holdsCredentials(new URL(process.env[SERVER])))
    return `its address holds a name or a password; a token goes into ${TOKEN}`;
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

/** A proxy for the network is not asked for what stands on this machine. */
const withLoopback = (list) =>
  [...new Set([...(list ?? '').split(','), '127.0.0.1'])].filter((one) => one !== '').join(',');

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
const say = (line) => void process.stderr.write(`cache-preflight: ${line}\n`);
say(words);
const [command, ...rest] = process.argv.slice(2);

/** Empty, not absent, where there is none to be used: Nx would take an absent one from a .env file. */
async function serverForNx() {
  if (!usable || !process.env[SERVER]) return { url: '', close: () => undefined };
  const timeoutMs = patience('CLIPARITY_CACHE_TRANSFER_TIMEOUT_MS', 60_000);
  return startCacheProxy({ address: process.env[SERVER], timeoutMs, say });
}

async function runCommand() {
  const server = await serverForNx();
  const proxied =
    server.url === ''
      ? {}
      : { NO_PROXY: withLoopback(process.env.NO_PROXY), no_proxy: withLoopback(process.env.no_proxy) };
  const env = { ...process.env, ...proxied, [SERVER]: server.url };
  const child = spawn(command, rest, { stdio: 'inherit', env, shell: process.platform === 'win32' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    say(`${command} cannot be started: ${error.message}`);
    process.exitCode = 3;
  });
  child.on('close', (code, signal) => {
    server.close();
    // One that was never started ends, too, with a number of the system’s.
    process.exitCode ??= code ?? 128 + (constants.signals[signal] ?? 0);
  });
}

if (command === undefined) process.exitCode = usable ? 0 : 1;
else await runCommand();
