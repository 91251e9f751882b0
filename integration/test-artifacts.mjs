// The one task that leaves loopback: fetches the locked codex binaries, through npm’s registry, into a store of the tests’ own,
// the locked CLIs whose pages the generic dialect is tried on, and the wrapper that drives codex in its own tests.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const workspace = join(dirname(fileURLToPath(import.meta.url)), '..');
const store = join(workspace, 'dist/test-artifacts/store');
const CODEX = 'x86_64-unknown-linux-musl';
/** Of Claude Code the newest locked version below 100 MB packed: 97 MB. */
const programs = [
  ['codex', '0.92.0', CODEX],
  ['codex', '0.125.0', CODEX],
  ['codex', '0.169.0', CODEX],
  ['claude-code', '2.1.260', 'x86_64-unknown-linux-gnu'],
];

for (const [cli, version, target] of programs) {
  const args = ['apps/cli/bin/cliparity.mjs', 'acquire', cli, version, '--target', target];
  const run = spawnSync(process.execPath, args, {
    cwd: workspace,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, CLIPARITY_STORE: store },
  });
  if (run.status !== 0) process.exit(run.status ?? 1);
}

/** Installs what `integration/<name>` locks. No script of theirs runs. */
function install(name, ...more) {
  const folder = join(workspace, 'dist/test-artifacts', name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const file of ['package.json', 'package-lock.json']) {
    copyFileSync(join(workspace, 'integration', name, file), join(folder, file));
  }
  const words = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', '--prefix', folder, ...more];
  const npm = spawnSync('npm', words, { stdio: 'inherit', shell: process.platform === 'win32' });
  if (npm.status !== 0) process.exit(npm.status ?? 1);
}

// A program for another platform is left out by npm and skipped by the tests.
install('clis');
// The upstream that the SDK would bring along is an optional part of it: the tests give it another.
install('wrapper', '--omit=optional');
