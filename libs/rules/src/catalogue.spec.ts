import { describe, expect, it } from '@jest/globals';
import type { CatalogueEntry } from './catalogue-entry.js';
import { CATALOGUE, catalogueEntry, CODES } from './catalogue.js';
import { entryProblems } from './testing/entry-problems.js';

describe('the catalogue', () => {
  it('names each code once, in byte order', () => {
    expect(CODES.length).toBeGreaterThan(100);
    expect(CODES).toEqual([...new Set(CODES)].sort());
  });

  it('answers with the entry of a code, and with nothing for another word', () => {
    for (const code of CODES) expect(catalogueEntry(code)?.code).toBe(code);
    expect(catalogueEntry('NO_SUCH_CODE')).toBeUndefined();
  });

  it('has entries in order: severities of findings, one sentence of meaning, why, example, mend', () => {
    expect(CATALOGUE.flatMap(entryProblems)).toEqual([]);
  });
});

describe('entryProblems', () => {
  const text = {
    meaning: 'A file is missing.',
    why: 'Nothing follows from it.',
    example: 'x is missing',
    mend: 'Make the file anew.',
  };
  const unrated: CatalogueEntry = { code: 'A_B', kind: 'finding', ...text };
  const good: CatalogueEntry = { ...unrated, severity: 'error' };

  it('finds nothing in a good entry', () => expect(entryProblems(good)).toEqual([]));

  it.each<[string, Partial<CatalogueEntry>]>([
    ['is not spelt as a code', { code: 'a-b' }],
    ['has a severity although', { kind: 'usage' }],
    ['has an unknown severity', { severity: 'fatal' as 'error' }],
    ['does not mean one sentence', { meaning: 'A file is missing. It was deleted.' }],
    ['does not mean one sentence', { meaning: '' }],
    ['does not say why', { why: 'Because' }],
    ['shows no example', { example: '' }],
    ['does not say what to do', { mend: '' }],
    ['has blanks to spare', { example: 'one\ntwo' }],
  ])('%s: %j', (says, change) => {
    expect(entryProblems({ ...good, ...change }).join('\n')).toContain(says);
  });

  it('asks a finding for its severity', () =>
    expect(entryProblems(unrated)).toEqual(['A_B is a finding without severity']));
});
