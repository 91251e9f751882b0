import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { folderView } from '../engine/folder-view.js';
import { validateParity } from './validate-parity.js';
import { violationLine } from './violation.js';

const beside = fileURLToPath(new URL('../../../../../shared/reference/data', import.meta.url));
const root = join(process.env['CLIPARITY_REFERENCE'] ?? beside, 'unified-agent-api/codex');

describe('the root somebody else committed', () => {
  const withData = existsSync(root) ? it : it.skip;
  withData('is clean, as its own validator says (skipped without the reference data)', async () => {
    expect((await validateParity(folderView(root))).map(violationLine)).toEqual([]);
  });
});
