import { expect, it } from '@jest/globals';
import { codexFacts } from './testing/codex-root.fixture.js';
import { validateRoot } from './validate-root.js';
it('x', async () => {
  const { findings } = await validateRoot(codexFacts());
  expect(findings.slice(0, 8)).toEqual([]);
});
