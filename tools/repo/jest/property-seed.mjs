// Properties try the same values in every run: one that fails once in a hundred runs would fail whoever happens to come by.
// PROPERTY_SEED=random tries others, and a failure tells the seed; PROPERTY_SEED=<number> tries those again.
import { readFileSync } from 'node:fs';
import { expect } from '@jest/globals';

const library = 'fast-check';
const asked = process.env.PROPERTY_SEED ?? '20261120';
const { testPath } = expect.getState();

// Loaded only where it is used: it is large.
if (asked !== 'random' && testPath && readFileSync(testPath, 'utf8').includes(`from '${library}'`)) {
  const { default: fc } = await import(library);
  fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(asked) });
}
