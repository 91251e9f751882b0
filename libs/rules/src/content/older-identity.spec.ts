import { describe, expect, it } from '@jest/globals';
import { memoryView } from '../engine/memory-view.js';
import { changed } from '../engine/testing/change.js';
import { minimalRoot } from '../parity/testing/minimal-root.js';
import { expectedTargetsFindings, identityFindings, olderLockRows } from './older-identity.js';
import { validateOlderRoot } from './older-strict.js';

const snapshot = {
  file: 'snapshots/1.0.0/linux-x64.json',
  version: '1.0.0',
  target: 'linux-x64',
  value: { binary: { version_output: 'tool 1.0.0', sha256: 'a' } },
};
const row = {
  tool_version: '1.0.0',
  target_triple: 'linux-x64',
  asset_name: 'tool',
  download_url: 'https://localhost/tool',
  sha256: 'a',
};
const codes = (rows: readonly unknown[] | undefined, version_output = 'tool 1.0.0') =>
  identityFindings({ ...snapshot, value: { binary: { version_output, sha256: 'a' } } }, rows).map(({ code }) => code);

describe('who a snapshot of an older root is', () => {
  it('is what the lock and the binary say, in each shape of the lock', () => {
    expect(codes([row])).toEqual([]);
    const { tool_version: version, ...rest } = row;
    expect(codes([{ ...rest, package_version: '9.9.9', semantic_version: version }])).toEqual([]);
    expect(codes(undefined)).toEqual([]);
  });
  it.each([
    ['VERSION_OUTPUT_DIFFERS', [row], 'tool 1.0.01'],
    ['SNAPSHOT_NOT_LOCKED', [{ ...row, target_triple: 'win32-x64' }], undefined],
    ['SNAPSHOT_NOT_LOCKED', [{ ...row, tool_version: '1.0.1' }, null, 7], undefined],
    ['SNAPSHOT_NOT_OF_LOCK', [{ ...row, sha256: 'b' }], undefined],
  ])('%s', (code, rows, said) => expect(codes(rows, said)).toEqual([code]));
  it.each([{ asset_name: 'tool.tar.gz' }, { download_url: 'committed:snapshots/1.0.0/linux-x64.json' }])(
    'cannot be told by a digest that is not the binary’s: %j',
    (other) => expect(codes([{ ...row, sha256: 'b', ...other }])).toEqual([]),
  );
  it('needs a lock that can be read', () => {
    expect(olderLockRows(memoryView(new Map([['artifacts.lock.json', '{']])))).toBeUndefined();
    expect(olderLockRows(memoryView(new Map([['artifacts.lock.json', '{"artifacts":[1]}']])))).toEqual([1]);
  });
});

describe('the targets that a union was made for', () => {
  it('are those expected today, in their order', () => {
    const of = (union: unknown) => expectedTargetsFindings(union, 'f', ['a', 'b']).map(({ severity }) => severity);
    expect([of({ expected_targets: ['a', 'b'] }), of({}), of(undefined)]).toEqual([[], [], []]);
    expect([of({ expected_targets: ['a'] }), of({ expected_targets: ['b', 'a'] })]).toEqual([['warning'], ['warning']]);
  });
});

describe('a folder whose name is nearly a version', () => {
  it('stops nothing', async () => {
    const files = { 'snapshots/1.0.0x/union.json': '{}', 'snapshots/1.2.99999999999999999999/union.json': '{}' };
    const view = memoryView(changed(minimalRoot(), { files }));
    expect((await validateOlderRoot(view, '', 'strict')).length).toBeGreaterThan(0);
  });
});
