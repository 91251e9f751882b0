// `prettier --check` of everything but the pages that people write: `docs:test` looks at those, so that a change of a page runs nothing else.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const workspace = join(dirname(fileURLToPath(import.meta.url)), '../../..');
const { namedInputs } = JSON.parse(readFileSync(join(workspace, 'nx.json'), 'utf8'));
const pages = namedInputs.prose.map((pattern) => `!${pattern.replace('{workspaceRoot}/', '')}`);
const prettier = join(workspace, 'node_modules/prettier/bin/prettier.cjs');
const ended = spawnSync(process.execPath, [prettier, '--check', '.', ...pages], { cwd: workspace, stdio: 'inherit' });
process.exitCode = ended.status ?? 1;
