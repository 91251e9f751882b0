#!/usr/bin/env node
// Committed so that npm can link it at install time; the bundle beside it is made by `npm ci` (script `prepare`) and by `nx build cli`.
import { existsSync } from 'node:fs';

const bundle = new URL('../dist/main.js', import.meta.url);
if (existsSync(bundle)) {
  await import(bundle.href);
} else {
  process.stderr.write('cliparity: the bundle is missing. Run `npm run build` in the workspace.\n');
  process.exitCode = 4;
}
