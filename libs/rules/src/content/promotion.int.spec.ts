import { describe, expect, it } from '@jest/globals';
import { planPromotion, type RootPointers, type VersionMetadata } from '@cliparity/lifecycle';
import { memoryView, type FileMap } from '../engine/memory-view.js';
import { rootPointers } from './matrix-input.js';
import { codexFacts } from './testing/codex-root.fixture.js';
import { promotedRoot, TARGET, VERSION } from './testing/promoted-root.fixture.js';
import { validateRoot } from './validate-root.js';

const isPromotion = (path: string): boolean =>
  /^(?:pointers\/|latest_validated|min_supported|current\.json)/.test(path);
const promoted = promotedRoot();
const before = new Map([...promoted].filter(([path]) => !isPromotion(path)));
const { expected } = codexFacts().manifest.targets;
const textOf = (path: string): string => String(promoted.get(path));

const planOver = (pointers: RootPointers) =>
  planPromotion({
    version: VERSION,
    metadata: JSON.parse(textOf(`versions/${VERSION}.json`)) as VersionMetadata,
    unionText: textOf(`snapshots/${VERSION}/union.json`),
    seenTargets: [TARGET],
    expectedTargets: expected,
    requiredTarget: TARGET,
    pointers,
  });
const findingsOf = async (files: FileMap) => (await validateRoot(codexFacts(memoryView(files)))).findings;
const none = rootPointers(memoryView(new Map()), expected);
const { writes } = planOver(none);

describe('a promotion that is killed', () => {
  it.each(writes.map((_, done) => [done] as const))(
    'after %i writes leaves a root that validates or says what to run, and promoting again mends it',
    async (done) => {
      const files = new Map([...before, ...writes.slice(0, done).map(({ path, text }) => [path, text] as const)]);
      const found = await findingsOf(files);
      expect(found.length === 0).toBe(done === 0);
      for (const { help } of found) expect(help).toMatch(/^Run cliparity promote codex (?:0\.92\.0|VERSION): /);
      const again = planOver(rootPointers(memoryView(files), expected));
      const after = new Map([...files, ...again.writes.map(({ path, text }) => [path, text] as const)]);
      expect(after).toEqual(promoted);
      expect(await findingsOf(after)).toEqual([]);
    },
  );
});
