import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { layout } from './layout.js';
import { tempFolder } from './temp-folder.fixture.js';
import { fileName, snapshotVersions } from './versions.js';
import { writeAtomic } from './write-atomic.js';

describe('what a root holds', () => {
  it('is listed in semver order, without what only looks like it', async () => {
    const at = layout(await tempFolder());
    for (const file of [
      at.union('0.92.0'),
      at.snapshot('0.92.0', 'b'),
      at.snapshot('0.92.0', 'a'),
      at.union('0.125.0'),
    ])
      await writeAtomic(file, '{}');
    await writeAtomic(join(at.snapshots, 'README', 'x'), '');
    await writeAtomic(join(at.snapshotsOf('0.92.0'), '.a.json.1-1.cliparity-tmp.json'), '');
    expect(await snapshotVersions(at)).toEqual(['0.92.0', '0.125.0']);
    expect(fileName(at, at.union('0.92.0'))).toBe('snapshots/0.92.0/union.json');
  });
  it('is nothing where there is nothing', async () => {
    expect(await snapshotVersions(layout(join(await tempFolder(), 'none')))).toEqual([]);
  });
});
