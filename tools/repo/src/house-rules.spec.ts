import { describe, expect, it } from '@jest/globals';
import { lengthReport, LONGEST_FILE } from './file-lengths.js';
import {
  containerStaysHome,
  houseProblems,
  kebabNames,
  noActiveWorkflow,
  noPathOfThisMachine,
  noRegistryHost,
  noSilencer,
  type HouseRule,
} from './house-rules.js';

const machine = noPathOfThisMachine(['/build/here', '/people/me']);
/** Put together here, so that this file keeps the rules itself. */
const join = (...parts: readonly string[]) => parts.join('');

/** rule, path, text, what it says (undefined: nothing) */
const CASES: readonly (readonly [HouseRule, string, string, string | undefined])[] = [
  [noRegistryHost, 'a.md', join('https://registry', '.npmjs.org/x'), join('names the registry registry', '.npmjs.org')],
  [
    noRegistryHost,
    'a.md',
    join('//registry', '.corp-x.co.dev/'),
    join('names the registry registry', '.corp-x.co.dev'),
  ],
  [noRegistryHost, 'a.md', 'https://registry.example.org/x and npm:x@1.0.0', undefined],
  [noSilencer, 'a.ts', join('// eslint', '-disable-next-line x'), join('contains // eslint', '-disable-next-line x')],
  [noSilencer, 'a.ts', join('/* @ts', '-ignore */'), join('contains /* @ts', '-ignore */')],
  [noSilencer, 'a.md', join('// eslint', '-disable'), undefined],
  [noSilencer, 'a.spec.ts', join('it', '.only("x")'), join('contains it', '.only')],
  [noSilencer, 'a.spec.ts', join('it', '.skip("x")'), join('contains it', '.skip(')],
  [noSilencer, 'a.spec.ts', 'const withData = here ? it : it.skip;', undefined],
  [noSilencer, 'a.spec.ts', join('x', 'describe("x")'), join('contains x', 'describe(')],
  [noSilencer, 'a.ts', join('const it', '.only = 1'), undefined],
  [kebabNames, 'libs/x/src/CamelCase.ts', '', 'is not named in kebab-case'],
  [kebabNames, 'libs/x/src/snake_case.ts', '', 'is not named in kebab-case'],
  [kebabNames, 'libs/x/src/two-words.int.spec.ts', '', undefined],
  [kebabNames, 'plugins/targets/src/x86_64-apple-darwin/index.ts', '', undefined],
  [kebabNames, 'README.md', '', undefined],
  [
    containerStaysHome,
    'libs/x/src/a.ts',
    join(`import { container } from 'tsy`, `ringe';`),
    join(`has from 'tsy`, `ringe'`),
  ],
  [containerStaysHome, 'libs/kernel/src/a.ts', join(`from 'tsy`, `ringe'`), undefined],
  [noActiveWorkflow, '.github/workflows/ci.yml', '', 'would run on a forge'],
  [noActiveWorkflow, '.gitlab-ci.yml', '', 'would run on a forge'],
  [noActiveWorkflow, 'templates/.github/workflows/ci.yml', '', undefined],
  [machine, 'a.ts', 'see /build/here/x', 'names /build/here'],
  [machine, 'a.ts', '"/people/me"', 'names /people/me'],
  [machine, 'a.ts', '/build/hereafter ./build/here x/build/here', undefined],
];

describe('every rule', () => {
  it.each(CASES)('%o: %s %j', (...[rule, path, text, says]) => {
    const expected = says === undefined ? [] : [`${path} ${says} (${rule.id})`];
    expect(houseProblems([rule], [{ path, text }])).toEqual(expected);
  });

  it('has a bad and a good case', () => {
    for (const rule of new Set(CASES.map(([one]) => one))) {
      const said = CASES.filter(([one]) => one === rule).map(([, , , says]) => says !== undefined);
      expect([rule.id, new Set(said).size]).toEqual([rule.id, 2]);
    }
  });
});

describe('lengthReport', () => {
  const file = (path: string, lines: number) => ({ path, text: 'x\n'.repeat(lines) });
  it('measures source files only', () => {
    const files = [
      file('libs/a/src/a.ts', 10),
      file('libs/a/src/b.ts', 30),
      file('libs/a/src/c.ts', LONGEST_FILE + 1),
      file('libs/a/src/a.spec.ts', 900),
      file('docs/x.ts', 900),
    ];
    expect(lengthReport(files)).toEqual({
      files: 3,
      p50: 30,
      p95: LONGEST_FILE + 1,
      max: LONGEST_FILE + 1,
      over: [{ path: 'libs/a/src/c.ts', lines: LONGEST_FILE + 1 }],
    });
  });
});
