import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { matrixRows } from '@cliparity/lifecycle';
import { folderView } from '../engine/folder-view.js';
import { memoryView } from '../engine/memory-view.js';
import { changed, type Change } from '../engine/testing/change.js';
import { minimalRoot } from '../parity/testing/minimal-root.js';
import { matrixInput } from './matrix-input.js';
import { validateOlderRoot } from './older-strict.js';

const beside = fileURLToPath(new URL('../../../../../shared/reference/data', import.meta.url));
const root = join(process.env['CLIPARITY_REFERENCE'] ?? beside, 'unified-agent-api/codex');
const withData = existsSync(root) ? it : it.skip;

describe('the root somebody else committed (skipped without the reference data)', () => {
  withData(
    'is clean to its own rules; strictly, its stale reports are named, unions older than a target, and nothing else',
    async () => {
      const view = folderView(root);
      expect(await validateOlderRoot(view, 'codex/', 'parity')).toEqual([]);
      const found = await validateOlderRoot(view, 'codex/', 'strict');
      expect(found.map(({ code, location }) => `${code} ${location?.file ?? ''}`)).toEqual([
        ...['0.61.0', '0.92.0'].map((version) => `EXPECTED_TARGETS_DIFFER codex/snapshots/${version}/union.json`),
        ...['0.61.0', '0.92.0'].flatMap((version) =>
          ['any', 'x86_64-unknown-linux-musl'].map(
            (name) => `DERIVED_FILE_DIFFERS codex/reports/${version}/coverage.${name}.json`,
          ),
        ),
      ]);
    },
  );
  withData('has rows in the matrix over all roots', () => {
    const targets = ['x86_64-unknown-linux-musl', 'x86_64-pc-windows-msvc'];
    const rows = matrixRows([matrixInput(folderView(root), 'codex', targets)]);
    expect(rows).toHaveLength(6);
    expect(rows.find((row) => row.version === '0.125.0' && row.target === targets[0])).toMatchObject({
      status: 'validated',
      coverage: 'complete',
      tests: 'passed',
      pointers: ['latest_supported', 'latest_validated'],
    });
  });
});

describe('strictly, an older root', () => {
  const codes = async (change: Change): Promise<readonly string[]> => {
    const found = await validateOlderRoot(memoryView(changed(minimalRoot(), change)), '', 'strict');
    return [...new Set(found.map(({ code }) => code))].filter((code) => code !== 'DERIVED_FILE_NOT_DERIVABLE');
  };
  const snapshot = 'snapshots/1.0.0/linux-x64.json';
  // The small root's schema holds less than real snapshots do, so that nothing can be derived from them: only other findings count here.
  it.each<[string, Change]>([
    ['SNAPSHOT_MISPLACED', {}],
    ['ROOT_COMMAND_MISSING', { edits: [{ file: snapshot, at: '/commands/0', remove: true }] }],
    ['UNIT_DUPLICATE', { edits: [{ file: snapshot, at: '/commands/0', set: { path: ['run'] } }] }],
    ['UNITS_NOT_SORTED', { edits: [{ file: snapshot, at: '/commands', set: [{ path: ['run'] }, { path: [] }] }] }],
    [
      'POINTER_REFERENCES_MISSING_SNAPSHOT',
      {
        files: { 'snapshots/1.1.0/win32-x64.json': null },
        edits: [{ file: 'snapshots/1.1.0/union.json', at: '/inputs/2', remove: true }],
      },
    ],
  ])('%s', async (code, change) => expect(await codes(change)).toContain(code));
});
