// The one task that leaves loopback: fetches the locked codex binaries, through npm’s registry, into a store of the tests’ own.
import { spawnSync } from 'node:child_process';
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
