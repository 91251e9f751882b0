import { SEVERITIES } from '@cliparity/model';
import type { CatalogueEntry } from '../catalogue-entry.js';

type Rule = readonly [says: string, broken: (entry: CatalogueEntry) => boolean];

const sentence = (text: string): boolean => /^\S.{13,}\.$/u.test(text);

const RULES: readonly Rule[] = [
  ['is not spelt as a code', ({ code }) => !/^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/.test(code)],
  ['has a severity although it is no finding', ({ kind, severity }) => kind !== 'finding' && severity !== undefined],
  ['is a finding without severity', ({ kind, severity }) => kind === 'finding' && severity === undefined],
  ['has an unknown severity', ({ severity }) => severity !== undefined && !SEVERITIES.includes(severity)],
  ['does not mean one sentence', ({ meaning }) => !sentence(meaning) || /[.!?] [A-Z]/.test(meaning)],
  ['does not say why it matters', ({ why }) => !sentence(why)],
  ['shows no example', ({ example }) => example.length < 6],
  ['does not say what to do', ({ mend }) => !sentence(mend)],
  [
    'has blanks to spare',
    (entry) => Object.values(entry).some((text: string) => text !== text.trim().replace(/\s+/g, ' ')),
  ],
];

/** What is wrong with the shape of an entry, as `CODE is …`; none when it is in order. */
export function entryProblems(entry: CatalogueEntry): readonly string[] {
  return RULES.filter(([, broken]) => broken(entry)).map(([says]) => `${entry.code} ${says}`);
}
