import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { addPage, FIELDS, noFidelity } from './support/fidelity.js';
import { FRAMEWORKS, printPages, truthOf } from './support/frameworks.js';
import { loadDialect } from './support/load-dialect.js';
import { seededSpecs } from './support/seeded-specs.js';

// Programs made from seeded specifications print their pages with the real libraries; the specification is the truth.
jest.setTimeout(120_000);

const generic = await loadDialect('generic');
const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'cliparity-frameworks-')));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe.each(FRAMEWORKS)('generic on pages of the real $id', (framework) => {
  it.each([80, 120])('at %d columns', async (columns) => {
    const specs = seededSpecs(20_261, 60).map(framework.narrow);
    const pages = await printPages(framework, specs, { scratch, columns });
    const fidelity = noFidelity();
    pages.forEach((text, at) => {
      addPage(
        fidelity,
        truthOf(specs[at] as (typeof specs)[number]),
        generic.parse({ text, binary: 'prog', path: [] }),
      );
    });
    console.log(
      framework.id,
      columns,
      FIELDS.map((f) => `${f} ${fidelity.fields[f].right}/${fidelity.fields[f].all}`).join(' '),
      fidelity.invented,
      fidelity.unexplained,
    );
    expect(fidelity.invented).toBe(0);
  });
});
