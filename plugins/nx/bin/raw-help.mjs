// Writes the pages of roots as text, for CI to keep: raw-help.mjs MANIFESTS ROOT:TARGET…
// They lie under MANIFESTS/ROOT/raw_help/VERSION/TARGET/** and are never committed.
import { spawnSync } from 'node:child_process';

const [manifests, ...pairs] = process.argv.slice(2).flatMap((words) => words.split(' '));
for (const pair of pairs) {
  const [cli, target] = pair.split(':');
  const words = [
    'cliparity',
    'snapshot',
    cli,
    'newest',
    '--target',
    target,
    '--raw-help',
    `${manifests}/${cli}/raw_help`,
  ];
  const { status } = spawnSync('npx', words, { stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) process.exitCode = status ?? 3;
}
