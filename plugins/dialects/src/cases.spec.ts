import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { PageSurfaceSchema, type HelpPage } from '@cliparity/model';
import { Ajv } from 'ajv';
import clap from './clap/index.js';
import generic from './generic/index.js';

// Every folder under cases/<dialect> is a page and what it says; UPDATE_CASES=1 writes what the parser says today.
const root = fileURLToPath(new URL('../cases', import.meta.url));
const isValid = new Ajv({ strict: false }).compile(PageSurfaceSchema);

for (const dialect of [clap, generic]) {
  describe(`cases of ${dialect.id}`, () => {
    for (const name of readdirSync(join(root, dialect.id))) {
      it(name, () => {
        const folder = join(root, dialect.id, name);
        const hint = join(folder, 'hint.json');
        const known: Partial<HelpPage> = existsSync(hint) ? JSON.parse(readFileSync(hint, 'utf8')) : {};
        const surface = dialect.parse({ ...known, text: readFileSync(join(folder, 'page.txt'), 'utf8') });
        const expected = join(folder, 'expected.json');
        if (process.env['UPDATE_CASES'] === '1') writeFileSync(expected, `${JSON.stringify(surface, null, 2)}\n`);
        expect(surface).toEqual(JSON.parse(readFileSync(expected, 'utf8')));
        expect(isValid(surface) ? [] : isValid.errors).toEqual([]);
      });
    }
  });
}
