import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { folderView } from '../engine/folder-view.js';
import type { FileState, FolderState } from '../engine/root-view.js';
import { codexFacts, PREFIX } from './testing/codex-root.fixture.js';
import { promotedRoot, VERSION } from './testing/promoted-root.fixture.js';
import { validateRoot } from './validate-root.js';

const base = mkdtempSync(join(tmpdir(), 'cliparity-links-'));
const clean = join(base, 'clean');
const files = [...promotedRoot()].filter(([, content]) => content !== null);
let count = 0;

beforeAll(() => {
  for (const [path, content] of files) {
    mkdirSync(dirname(join(clean, path)), { recursive: true });
    writeFileSync(join(clean, path), content as string | Uint8Array);
  }
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

async function foundWith(change: (root: string) => void): Promise<readonly string[]> {
  const root = join(base, String((count += 1)));
  cpSync(clean, root, { recursive: true });
  change(root);
  const { findings } = await validateRoot(codexFacts(folderView(root)));
  rmSync(root, { recursive: true });
  return findings.map(({ code, location }) => `${code} ${location?.file?.slice(PREFIX.length) ?? ''}`);
}

/** Puts a link in the place of what stands there. */
const linked = (path: string, to: (root: string) => string) => (root: string) => {
  rmSync(join(root, path), { recursive: true });
  symlinkSync(to(root), join(root, path));
};
const FOLDERS = ['snapshots', `snapshots/${VERSION}`, `reports/${VERSION}`, 'versions', 'pointers/latest_validated'];

describe('a link in a root', () => {
  it('is none as the root is made', async () => expect(await foundWith(() => undefined)).toEqual([]));
  it.each(files.map(([path]) => path).filter((path) => path !== 'cliparity.json'))(
    'in place of %s is found wherever it leads',
    async (path) => {
      const ways: ((root: string) => string)[] = [
        () => join(clean, path),
        (root) => join(root, 'snapshots'),
        () => base,
        (root) => join(root, path),
        () => 'nowhere',
        () => '/dev/zero',
      ];
      for (const way of ways) expect(await foundWith(linked(path, way))).toContain(`FILE_NOT_REGULAR ${path}`);
    },
  );
  it.each(FOLDERS)('in place of the folder %s is found, also when the same files are behind it', async (path) => {
    for (const to of [join(clean, path), base, 'nowhere'])
      expect(await foundWith(linked(path, () => to))).not.toEqual([]);
  });
  it('deep in a folder that may hold anything is found', async () => {
    const found = await foundWith((root) => {
      mkdirSync(join(root, 'evidence/run/logs'), { recursive: true });
      symlinkSync(base, join(root, 'evidence/run/logs/all'));
    });
    expect(found).toEqual(['FILE_NOT_REGULAR evidence/run/logs/all']);
  });
});

const withPipes = process.platform === 'win32' ? it.skip : it;
describe('a folder that cannot be looked into', () => {
  it.each(['observed', 'snapshots', `snapshots/${VERSION}`, 'reports', 'versions', 'pointers'])(
    '%s: is found, and nothing else of what is in it',
    async (folder) => {
      const disk = folderView(clean);
      const list = (path: string): FolderState =>
        path === folder || path.startsWith(`${folder}/`) ? { kind: 'unreadable', reason: 'EACCES' } : disk.list(path);
      const read = (path: string): FileState =>
        path.startsWith(`${folder}/`) ? { kind: 'unreadable', reason: 'EACCES', present: false } : disk.read(path);
      const top = disk.list('');
      const names = top.kind === 'folder' ? top.entries : [];
      const observed = { name: 'observed', kind: 'folder' as const };
      const withAll = (path: string): FolderState =>
        path === '' ? { kind: 'folder', entries: [...names, observed] } : list(path);
      const { findings } = await validateRoot(codexFacts({ read, list: withAll }));
      expect(findings.map(({ code, location }) => `${code} ${location?.file ?? ''}`)).toEqual([
        `FILE_UNREADABLE ${PREFIX}${folder}`,
      ]);
    },
  );
});

describe('a pipe in a root', () => {
  withPipes.each(['wrapper_coverage.json', 'current.json', `snapshots/${VERSION}/union.json`])(
    'in place of %s is found, and nobody waits for a writer',
    async (path) => {
      const found = await foundWith((root) => {
        rmSync(join(root, path));
        execFileSync('mkfifo', [join(root, path)]);
      });
      expect(found).toContain(`FILE_NOT_REGULAR ${path}`);
    },
  );
});
