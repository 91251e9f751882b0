import { rmSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { workspaceLayout } from '@cliparity/manifest-store';
import { fixturesOf, scenarioReader } from './recorded-scenarios.js';
import { readRoot } from './read-root.js';
import { folderWith, lockOf, manifestOf } from './small-root.fixture.js';

const made: string[] = [];
afterEach(() => made.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })));
function place(files: Readonly<Record<string, unknown>>): string {
  const folder = folderWith(files);
  made.push(folder);
  return folder;
}

describe('scenarioReader', () => {
  it('looks where the manifest store keeps them', () => {
    const workspace = place({});
    const kept = relative(workspace, workspaceLayout(workspace).fixtures('codex', '1.2.3'));
    expect(fixturesOf('codex', '1.2.3')).toBe(kept.split(sep).join('/'));
  });

  it('reads them from the sidecars, several streams of one scenario once', () => {
    const folder = fixturesOf('codex', '1.2.3');
    const workspace = place({
      [`${folder}/resume_first.meta.json`]: { scenario: 'resume' },
      [`${folder}/resume_second.meta.json`]: { scenario: 'resume' },
      [`${folder}/resume_second.jsonl`]: '{}\n',
      [`${folder}/basic.meta.json`]: { scenario: 'basic' },
      [`${folder}/cut.meta.json`]: '{ "scenario": ',
      [`${folder}/outside.meta.json`]: { scenario: '../outside' },
      [`${folder}/schemas/exec.schema.json`]: {},
    });
    const scenariosOf = scenarioReader(workspace, 'codex');
    expect(scenariosOf('1.2.3')).toEqual(['basic', 'cut', 'resume']);
    expect(scenariosOf('1.2.3')).toEqual(['basic', 'cut', 'resume']);
    expect(scenariosOf('1.2.4')).toEqual([]);
  });

  it('come with each version of a root, beside what the manifest names', () => {
    const workspace = place({
      'roots/made-up/cliparity.json': { ...manifestOf(), scenarios: ['made-up-one', 'two', 3, '../x'] },
      'roots/made-up/artifacts.lock.json': lockOf(['1.0.0', '0.9.0']),
      [`${fixturesOf('made-up', '0.9.0')}/one.meta.json`]: { scenario: 'one' },
    });
    const root = readRoot(workspace, 'roots/made-up');
    expect(root.manifest?.scenarios).toEqual(['one', 'two']);
    expect(root.versions.map(({ scenarios }) => scenarios)).toEqual([['one'], []]);
  });
});
