import { rmSync } from 'node:fs';
import { afterEach, describe, expect, it } from '@jest/globals';
import { baselineOf, validatedVersions } from './baselines.js';
import { inferRoot } from './infer-root.js';
import { withDefaults } from './options.js';
import { readRoot } from './read-root.js';
import { folderWith, lockOf, manifestOf } from './small-root.fixture.js';

const made: string[] = [];
afterEach(() => made.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })));
function place(files: Readonly<Record<string, unknown>>): string {
  const folder = folderWith(files);
  made.push(folder);
  return folder;
}

describe('validatedVersions', () => {
  it('takes metadata and pointer, oldest first, and leaves the rest to validate', () => {
    const root = place({
      'versions/1.10.0.json': { status: 'validated' },
      'versions/1.9.0.json': { status: 'supported' },
      'versions/1.8.0.json': { status: 'reported' },
      'versions/1.7.0.json': '{ "status": ',
      'versions/notes.json': { status: 'validated' },
      'latest_validated.txt': '1.11.0\n',
    });
    expect(validatedVersions(root)).toEqual(['1.9.0', '1.10.0', '1.11.0']);
    expect(validatedVersions(place({ 'latest_validated.txt': 'none\n' }))).toEqual([]);
    expect(validatedVersions(place({}))).toEqual([]);
  });

  it('gives each version the last one before it', () => {
    expect(baselineOf(['1.9.0', '1.10.0'], '1.11.0')).toBe('1.10.0');
    expect(baselineOf(['1.9.0', '1.10.0'], '1.10.0')).toBe('1.9.0');
    expect(baselineOf(['1.9.0', '1.10.0'], '1.9.0')).toBeUndefined();
  });
});

describe('a report', () => {
  it('has the union that it is shown against for an input, and no other union', () => {
    const workspace = place({
      'roots/made-up/cliparity.json': manifestOf(),
      'roots/made-up/artifacts.lock.json': lockOf(['1.0.0', '1.1.0', '1.2.0']),
      'roots/made-up/versions/1.0.0.json': { status: 'validated' },
    });
    const projects = inferRoot(readRoot(workspace, 'roots/made-up'), {
      options: withDefaults({ manifests: 'roots' }),
      code: { of: () => [] },
      config: { all: [], scenarios: [] },
    });
    const unionsOf = (project: string): readonly unknown[] =>
      (projects[project]?.targets?.['report']?.inputs ?? []).filter((input) => String(input).includes('union.json'));
    const against = ['{workspaceRoot}/roots/made-up/snapshots/1.0.0/union.json'];
    expect(unionsOf('roots/made-up/snapshots/1.0.0')).toEqual([]);
    expect(unionsOf('roots/made-up/snapshots/1.1.0')).toEqual(against);
    expect(unionsOf('roots/made-up')).toEqual(against);
  });
});
