import { describe, expect, it } from '@jest/globals';
import { planRetention } from '@cliparity/lifecycle';
import { folderView } from '../engine/folder-view.js';
import { memoryView } from '../engine/memory-view.js';
import { rootPointers } from './matrix-input.js';
import { codexFacts, codexFiles } from './testing/codex-root.fixture.js';
import { validateRoot, versionsOf } from './validate-root.js';

describe('what retention leaves of the real codex root', () => {
  it('validates', async () => {
    const facts = codexFacts();
    // As if nothing of it had been verified or promoted: what retention keeps for that is planned elsewhere.
    const isLifecycle = /^(?:versions\/|pointers\/|latest_validated|min_supported|current\.json)/;
    const files = new Map([...codexFiles()].filter(([path]) => !isLifecycle.test(path)));
    const versions = versionsOf(facts);
    const plan = planRetention({
      versions: versions.map((version) => ({ version, status: 'reported' as const })),
      pointers: { ...rootPointers(memoryView(files), []), rootValidated: versions.at(-1) },
      keepLastValidated: 0,
    });
    expect(plan.remove).toEqual(versions.slice(0, -1));
    for (const path of [...files.keys()])
      if (plan.paths.some((gone) => path === gone || path.startsWith(`${gone}/`))) files.delete(path);
    const left = codexFacts(memoryView(files));
    expect(versionsOf(left)).toEqual(versions.slice(-1));
    expect((await validateRoot(left)).findings).toEqual([]);
  });
  it('is nothing to be read where there is no root', () => {
    expect(versionsOf({ view: folderView('no/such/folder') })).toEqual([]);
  });
});
