import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { check, resolveConfig } from 'prettier';
import { everyRule } from '../every-rule.js';
import { houseProblems } from '../house-rules.js';
import { houseFiles, housePaths } from '../house-tree.js';
import { proseOf } from '../prose-paths.js';

const workspace = resolve(fileURLToPath(import.meta.url), '../../../../..');
const paths = housePaths(workspace).filter(proseOf(workspace));
const files = [...houseFiles(workspace, paths)];

describe('every page', () => {
  it.each(everyRule(workspace).map((rule) => [rule.id, rule] as const))('keeps the rule %s', (_, rule) => {
    expect(houseProblems([rule], files)).toEqual([]);
  });

  it.each(paths)('%s is formatted', async (path) => {
    const at = join(workspace, path);
    const options = (await resolveConfig(at)) ?? {};
    expect(await check(await readFile(at, 'utf8'), { ...options, filepath: at })).toBe(true);
  });

  it('is one of those that nx.json names', () => {
    expect(paths).toEqual(expect.arrayContaining(['README.md', 'CONTRIBUTING.md', 'docs/runbook.md']));
  });
});
