import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it, jest } from '@jest/globals';
import { execa } from 'execa';
import { HOUSE } from '../support/clone.js';
import { taskGraphBlock, withTaskGraph, type DrawnGraph } from '../support/nx-task-graph.js';
import { newFolder, removePlaces } from '../support/place.js';

jest.setTimeout(180_000);
afterAll(removePlaces);

it('the README shows the task graph of codex as Nx draws it', async () => {
  const file = join(newFolder(), 'graph.json');
  const words = ['run-many', '-t', 'report', 'validate', '-p', 'codex', `--graph=${file}`];
  await execa(process.execPath, [join(HOUSE, 'node_modules/.bin/nx'), ...words], {
    cwd: HOUSE,
    env: { NX_DAEMON: 'false', NX_TUI: 'false', NX_OPEN: 'false' },
  });
  const drawn = JSON.parse(readFileSync(file, 'utf8')) as DrawnGraph;
  const readme = readFileSync(join(HOUSE, 'README.md'), 'utf8');
  const due = withTaskGraph(readme, taskGraphBlock(drawn));
  if (due !== undefined && process.env['UPDATE_README'] !== undefined) writeFileSync(join(HOUSE, 'README.md'), due);
  else expect(readme).toBe(due);
});
