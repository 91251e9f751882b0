// `npm test`: every check of the workspace as cached Nx tasks, then one line that adds up what jest counted.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const workspace = join(dirname(fileURLToPath(import.meta.url)), '../../..');
const results = join(workspace, 'dist/test-results');
const CHECKS = ['format', 'lint', 'typecheck', 'knip', 'test', 'e2e'];

rmSync(results, { recursive: true, force: true });
const nx = join(workspace, 'node_modules/nx/dist/bin/nx.js');
const entry = existsSync(nx) ? nx : join(workspace, 'node_modules/nx/bin/nx.js');
const run = spawnSync(
  process.execPath,
  [entry, 'run-many', '-t', ...CHECKS, '--outputStyle=static', ...process.argv.slice(2)],
  {
    cwd: workspace,
    stdio: ['ignore', 'inherit', 'inherit'],
  },
);

const counts = existsSync(results)
  ? readdirSync(results).map((file) => JSON.parse(readFileSync(join(results, file), 'utf8')))
  : [];
const sum = (key) => counts.reduce((total, count) => total + count[key], 0);
const skipped = counts.flatMap((count) => count.skipped.map((name) => `${count.project}: ${name}`));
// Once more at the end: in a long log the place where a test failed is far above.
for (const { file, test, message } of counts.flatMap((count) => count.failures))
  console.log(`\nFailed: ${file}${test === '' ? '' : `: ${test}`}\n${message}`);
let failed = sum('failed');
if (run.status !== 0 && failed === 0) {
  console.log('\nA check other than a test failed; Nx names it above. It counts as one failure.');
  failed = 1;
}
if (skipped.length > 0) console.log(`\nSkipped:\n${skipped.map((name) => `  ${name}`).join('\n')}`);
console.log(`\n${sum('passed')} passed, ${failed} failed, ${skipped.length} skipped`);
process.exitCode = failed === 0 ? 0 : 1;
