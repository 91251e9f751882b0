import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import type { PageSurface } from '@cliparity/model';
import type { Dialect } from '@cliparity/plugin-api';
import { renderedPages } from '@cliparity/plugin-dialects/testing';
import { accuracyPage, type FidelityRow } from './support/accuracy-page.js';
import { HOUSE } from './support/clone.js';
import { addPage, noFidelity } from './support/fidelity.js';
import { FRAMEWORKS, printPages, truthOf } from './support/frameworks.js';
import { loadDialect } from './support/load-dialect.js';
import { seededSpecs } from './support/seeded-specs.js';

// Everything that docs/accuracy.md says is measured here; UPDATE_ACCURACY=1 writes it.
jest.setTimeout(180_000);

const SEED = 20_261;
const COUNT = 150;
const WIDTHS = [60, 80, 120];
const generic = await loadDialect('generic');
const clap = await loadDialect('clap');
const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'cliparity-frameworks-')));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

type Measured = { readonly text: string; readonly truth: PageSurface };

function measure(source: string, at: { dialect: Dialect; columns: number }, pages: readonly Measured[]): FidelityRow {
  const fidelity = noFidelity();
  for (const { text, truth } of pages) addPage(fidelity, truth, at.dialect.parse({ text, binary: 'prog', path: [] }));
  return { source, dialect: at.dialect.id, columns: at.columns, fidelity };
}

const real: FidelityRow[] = [];
const rendered: FidelityRow[] = [];
/** What has to be right whatever the width; the other fields are only written down. */
const isExact = ({ fidelity: { fields, invented } }: FidelityRow): boolean =>
  invented === 0 && [fields.names, fields.positionals, fields.commands].every(({ right, all }) => right === all);

describe.each(FRAMEWORKS)('pages of the real $id', (framework) => {
  it.each(WIDTHS)('are read at %d columns', async (columns) => {
    const specs = seededSpecs(SEED, COUNT).map(framework.narrow);
    const texts = await printPages(framework, specs, { scratch, columns });
    expect(texts).toHaveLength(COUNT);
    const pages = specs.map((spec, at) => ({ text: texts[at] ?? '', truth: truthOf(spec) }));
    const row = measure(framework.id, { dialect: generic, columns }, pages);
    real.push(row);
    expect({ ...row, isExact: isExact(row) }).toMatchObject({ isExact: true });
  });
});

describe.each(WIDTHS)('pages rendered by us at %d columns', (columns) => {
  const all = renderedPages({ seed: SEED, count: COUNT, columns });
  for (const [renderer, pages] of all) {
    for (const dialect of renderer.startsWith('clap') ? [clap, generic] : [generic]) {
      it(`are read: ${dialect.id} on ${renderer}`, () => {
        const row = measure(renderer, { dialect, columns }, pages);
        rendered.push(row);
        expect(isExact(row)).toBe(true);
      });
    }
  }
});

describe('docs/accuracy.md', () => {
  it('says what was measured', () => {
    const file = join(HOUSE, 'docs/accuracy.md');
    const page = accuracyPage(real, rendered);
    if (process.env['UPDATE_ACCURACY'] === '1') writeFileSync(file, page);
    // Prettier pads the cells.
    const words = (text: string): string => text.replace(/ +/g, ' ').replace(/-{3,}/g, '---');
    expect(words(readFileSync(file, 'utf8'))).toBe(words(page));
  });
});
