import { readFileSync } from 'node:fs';

const [first] = process.argv.slice(2);
if (first === '--version' || first === '-V') {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  process.stdout.write(`${(manifest as { version: string }).version}\n`);
} else {
  const { runCli } = await import('./run-cli.js');
  process.exitCode = await runCli(process.argv);
}
