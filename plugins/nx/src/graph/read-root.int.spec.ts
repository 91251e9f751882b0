import { rmSync } from 'node:fs';
import { afterEach, describe, expect, it } from '@jest/globals';
import { readRoot } from './read-root.js';
import { folderWith, lockOf, manifestOf, TARGETS } from './small-root.fixture.js';

const made: string[] = [];
afterEach(() => made.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function read(files: Readonly<Record<string, unknown>>, folder = 'roots/made-up') {
  const workspace = folderWith(files);
  made.push(workspace);
  return readRoot(workspace, folder);
}

const MANIFEST = 'roots/made-up/cliparity.json';
const LOCK = 'roots/made-up/artifacts.lock.json';

describe('readRoot', () => {
  it('reads what the graph needs, versions oldest first', () => {
    const root = read({ [MANIFEST]: manifestOf(), [LOCK]: lockOf(['0.10.0', '0.9.0', '1.0.0', '1.0.0-rc.1']) });
    expect(root.manifest).toEqual({
      required: TARGETS[0],
      expected: [...TARGETS],
      dialect: 'clap',
      sources: ['npm'],
      scenarios: [],
    });
    expect(root.versions.map(({ version }) => version)).toEqual(['0.9.0', '0.10.0', '1.0.0-rc.1', '1.0.0']);
    expect(root.versions[0]?.entries.map(({ target }) => target)).toEqual([...TARGETS]);
    expect(root.problem).toBeUndefined();
  });

  it('has no versions where there is no lock', () => {
    expect(read({ [MANIFEST]: manifestOf() })).toMatchObject({ versions: [], name: 'made-up' });
  });

  it('knows an older root by its rules', () => {
    expect(read({ 'roots/made-up/RULES.json': {}, [LOCK]: lockOf(['1.0.0']) })).toMatchObject({ older: true });
  });

  const artifact = (change: object): object => {
    const lock = lockOf(['1.0.0']);
    return { ...lock, artifacts: (lock['artifacts'] as object[]).map((entry) => ({ ...entry, ...change })) };
  };
  it.each<[string, Record<string, unknown>, RegExp]>([
    ['a manifest that is no JSON', { [MANIFEST]: '{ "tool": ' }, /^roots\/made-up\/cliparity\.json is not JSON/],
    ['a manifest that is a list', { [MANIFEST]: [] }, /^roots\/made-up\/cliparity\.json lacks targets/],
    ['a manifest that is null', { [MANIFEST]: 'null' }, /^roots\/made-up\/cliparity\.json lacks targets/],
    ['no manifest', { [LOCK]: lockOf([]) }, /^roots\/made-up\/cliparity\.json does not exist/],
    [
      'a target that leads out',
      { [MANIFEST]: { ...manifestOf(), targets: { required: '../x', expected: [] } } },
      /^roots\/made-up\/cliparity\.json has "\.\.\/x" where the name of a target belongs/,
    ],
    [
      'a lock that is no JSON',
      { [MANIFEST]: manifestOf(), [LOCK]: '<<<<<<< HEAD' },
      /^\S+artifacts\.lock\.json is not JSON/,
    ],
    ['a lock without artifacts', { [MANIFEST]: manifestOf(), [LOCK]: {} }, /^\S+artifacts\.lock\.json has no list/],
    ['an entry that is text', { [MANIFEST]: manifestOf(), [LOCK]: { artifacts: ['x'] } }, /\/artifacts\/0 lacks/],
    [
      'an entry whose version leads out',
      { [MANIFEST]: manifestOf(), [LOCK]: artifact({ semantic_version: '../../1.0.0' }) },
      /\/artifacts\/0 has \.\.\/\.\.\/1\.0\.0 where a version belongs/,
    ],
    [
      'an entry whose version is none',
      { [MANIFEST]: manifestOf(), [LOCK]: artifact({ semantic_version: 'v1' }) },
      /where a version belongs/,
    ],
    ['a folder for a manifest', { [`${MANIFEST}/x`]: '' }, /^roots\/made-up\/cliparity\.json cannot be read/],
  ])('says what is wrong with %s, naming the file', (_, files, problem) => {
    expect(read(files).problem).toMatch(problem);
  });

  it('refuses a folder that cannot be a name', () => {
    expect(read({ 'roots/a b/cliparity.json': manifestOf() }, 'roots/a b').problem).toMatch(/^roots\/a b cannot be/);
  });
});
