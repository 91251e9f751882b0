// Runs in every test file: a test that reaches for anything but loopback fails, even when the code under test swallows the error.
import { readFileSync, rmSync, mkdtempSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, afterAll } from '@jest/globals';
import './property-seed.mjs';

const guard = fileURLToPath(new URL('./loopback-guard.cjs', import.meta.url));
let folder;

/** What this test file and the Node processes below it tried to reach. */
function takeAttempts() {
  const log = process.env.CLIPARITY_GUARD_LOG;
  try {
    const text = readFileSync(log, 'utf8');
    rmSync(log);
    return text.trim().split('\n');
  } catch (error) {
    if (error.code === 'ENOENT') return [];
    throw error;
  }
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cliparity-guard-'));
  process.env.CLIPARITY_GUARD_LOG = join(folder, 'attempts.log');
  if (!(process.env.NODE_OPTIONS ?? '').includes(JSON.stringify(guard))) {
    // Quoted: the folder’s name may have a space.
    process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} --require ${JSON.stringify(guard)}`.trim();
  }
  // Programs that are not Node honour these; port 9 refuses at once.
  for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'http_proxy', 'https_proxy'])
    process.env[name] = 'http://127.0.0.1:9';
  for (const name of ['NO_PROXY', 'no_proxy']) process.env[name] = '127.0.0.1,localhost,::1';
  // A hook of git (tests before a push) names its repository to every child: those of the tests are others.
  for (const name of ['DIR', 'WORK_TREE', 'INDEX_FILE', 'COMMON_DIR', 'OBJECT_DIRECTORY', 'PREFIX'])
    delete process.env[`GIT_${name}`];
  createRequire(import.meta.url)(guard);
});

afterEach(() => {
  const attempts = takeAttempts();
  if (attempts.length > 0) throw new Error(`the test left loopback:\n${attempts.join('\n')}`);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));
