import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from '@jest/globals';
import { HEADER, registryFile, registryText, writeRegistries } from './generate-registries.js';
import { readFamilies, readFamily } from './plugin-families.js';

const workspace = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');

const made: string[] = [];
afterAll(() => made.forEach((folder) => rmSync(folder, { recursive: true, force: true })));
function treeOf(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'cliparity-registries-'));
  made.push(folder);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

describe('the committed registries', () => {
  const families = readFamilies(workspace).filter(({ plugins }) => plugins.length > 0);

  it('are those of at least targets, sources, dialects and reporters', () => {
    expect(families.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['target', 'source', 'dialect', 'reporter']),
    );
  });

  it.each(families.map((family) => [family.kind, family] as const))(
    '%s: equals what is generated',
    async (_, family) => {
      const committed = readFileSync(registryFile(family), 'utf8').replace(`${HEADER}\n`, '');
      expect(committed).toBe((await registryText(family)).replace(`${HEADER}\n`, ''));
    },
  );
});

describe('the generator', () => {
  it('takes id, revision and settings from the folders, in order of their names', async () => {
    const folder = treeOf({
      'plugins/sources/src/index.ts': '',
      'plugins/sources/src/shared/helper.ts': 'export const revision = 9;',
      'plugins/sources/src/two-words/index.ts': 'export { x } from "./x.js";',
      'plugins/sources/src/two-words/x.ts': 'readonly revision = 3;',
      'plugins/sources/src/two-words/settings.ts': '',
      'plugins/sources/src/one/index.ts': 'export default { id: "one", revision: 12 }; // channel revision: 4',
    });
    const family = readFamily(folder, 'source');
    expect(family?.plugins).toEqual([
      { id: 'one', revision: 12, hasSettings: false },
      { id: 'two-words', revision: 3, hasSettings: true },
    ]);
    expect(await writeRegistries(folder)).toEqual([join(folder, 'plugins/sources/src/index.ts')]);
    expect(await writeRegistries(folder)).toEqual([]);
    const text = readFileSync(join(folder, 'plugins/sources/src/index.ts'), 'utf8');
    expect(text).toContain(`import { twoWordsSettingsSchema } from './two-words/settings.js';`);
    expect(text).toContain(`{ kind: 'source', id: 'one', revision: 12, load: () => import('./one/index.js') },`);
    expect(text).toContain('settings: twoWordsSettingsSchema,');
  });

  it.each([
    ['no revision', 'export default {};'],
    ['revisions 1 and 2', ''],
  ])('refuses a plugin that states %s', (what, index) => {
    const folder = treeOf({
      'plugins/gates/src/x/index.ts': index,
      ...(index === '' && { 'plugins/gates/src/x/a.ts': 'revision: 1', 'plugins/gates/src/x/b.ts': 'revision: 2' }),
    });
    expect(() => readFamily(folder, 'gate')).toThrow(`states ${what}`);
  });

  it('leaves out kinds without a package', () => {
    expect(readFamilies(treeOf({}))).toEqual([]);
  });
});
