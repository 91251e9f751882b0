import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { lengthReport } from './file-lengths.js';
import { everyRule } from './every-rule.js';
import { houseProblems } from './house-rules.js';
import { houseFiles, housePaths } from './house-tree.js';
import { readFamilies } from './plugin-families.js';
import { proseOf } from './prose-paths.js';

const workspace = resolve(fileURLToPath(import.meta.url), '../../../..');
// Pages have a task of their own (docs:test), so that a word changed in one runs nothing else.
const isProse = proseOf(workspace);
const paths = housePaths(workspace).filter((path) => !isProse(path));
const files = [...houseFiles(workspace, paths)];

/** Folders of the workspaces in package.json that hold files. */
const projects = [
  ...new Set(paths.map((path) => /^(?:(?:apps|libs|plugins|tools)\/[^/]+|integration)(?=\/)/.exec(path)?.[0])),
].filter((folder) => folder !== undefined);

interface ProjectManifest {
  readonly type?: string;
  readonly license?: string;
  readonly nx?: { readonly name?: string; readonly tags?: readonly string[]; readonly targets?: object };
}

describe('every file', () => {
  it.each(everyRule(workspace).map((rule) => [rule.id, rule] as const))('keeps the rule %s', (_, rule) => {
    expect(houseProblems([rule], files)).toEqual([]);
  });
});

describe('every project', () => {
  const arrows = readFileSync(join(workspace, 'eslint.config.js'), 'utf8');
  it.each(projects)('%s has a manifest with a name, the licence and tags that lint knows', (folder) => {
    const manifest = JSON.parse(readFileSync(join(workspace, folder, 'package.json'), 'utf8')) as ProjectManifest;
    const { name, tags = [], targets = {} } = manifest.nx ?? {};
    expect(name).toEqual(expect.stringMatching(/^[a-z-]+$/));
    expect([manifest.type, manifest.license]).toEqual(['module', 'MIT']);
    expect(tags.filter((tag) => tag.startsWith('type:'))).not.toEqual([]);
    for (const tag of tags) expect(arrows).toContain(`'${tag}'`);
    const tests = tags.includes('type:e2e') ? 'e2e' : 'test';
    expect(Object.keys(targets)).toEqual(expect.arrayContaining(['lint', 'typecheck', tests]));
  });

  it('is there at all', () => {
    expect(projects.length).toBeGreaterThan(10);
  });
});

describe('every plugin', () => {
  const plugins = readFamilies(workspace).flatMap(({ folder, plugins: own }) =>
    own.map(({ id }) => [id, folder] as const),
  );
  it.each(plugins)('%s calls itself what its folder is called', (id, folder) => {
    const own = readdirSync(join(folder, id)).filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'));
    const text = own.map((name) => readFileSync(join(folder, id, name), 'utf8')).join('\n');
    expect(text).toMatch(new RegExp(`\\bid\\s*[:=]\\s*'${id}'`));
  });
});

describe('source files', () => {
  it('are short: half below 80 lines, nineteen of twenty within 230, none longer', () => {
    const report = lengthReport(files);
    expect(report.over).toEqual([]);
    expect(report.p50).toBeLessThanOrEqual(80);
    expect(report.files).toBeGreaterThan(50);
  });
});
