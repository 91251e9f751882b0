// The one task that leaves loopback: fetches the locked codex binaries, through npm’s registry, into a store of the tests’ own,
// and the locked CLIs whose pages the generic dialect is tried on.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const workspace = join(dirname(fileURLToPath(import.meta.url)), '..');
const store = join(workspace, 'dist/test-artifacts/store');
const versions = ['0.92.0', '0.125.0', '0.169.0'];

for (const version of versions) {
  const args = ['apps/cli/bin/cliparity.mjs', 'acquire', 'codex', version, '--target', 'x86_64-unknown-linux-musl'];
  const run = spawnSync(process.execPath, args, {
    cwd: workspace,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, CLIPARITY_STORE: store },
  });
  if (run.status !== 0) process.exit(run.status ?? 1);
}

const clis = join(workspace, 'dist/test-artifacts/clis');
rmSync(clis, { recursive: true, force: true });
mkdirSync(clis, { recursive: true });
for (const file of ['package.json', 'package-lock.json']) {
  copyFileSync(join(workspace, 'integration/clis', file), join(clis, file));
}
// No script of theirs runs; a program for another platform is left out by npm and skipped by the tests.
const install = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', '--prefix', clis];
const npm = spawnSync('npm', install, { stdio: 'inherit', shell: process.platform === 'win32' });
process.exitCode = npm.status ?? 1;
