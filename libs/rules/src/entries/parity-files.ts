import type { CatalogueEntry } from '../catalogue-entry.js';
import { findingEntries, type FindingRow } from './entry-table.js';

/** The kinds of JSON files of an older root: prefix of their codes, how people call them, an example of a path, how one is made again. */
const FILES = [
  ['UNION', 'union', 'snapshots/0.125.0/union.json', 'Derive it again from its snapshots.'],
  ['SNAPSHOT', 'snapshot', 'snapshots/0.125.0/linux-x64.json', 'Take it again from the binary, or restore it.'],
  ['REPORT', 'report', 'reports/0.125.0/coverage.any.json', 'Derive it again from the union and the wrapper coverage.'],
  [
    'CURRENT',
    'current union',
    'current.json',
    'Copy the union of the latest validated version; validate with --fix does it.',
  ],
  ['VERSION_METADATA', 'version metadata', 'versions/0.125.0.json', 'Write the metadata again, or restore it.'],
  ['WRAPPER_COVERAGE', 'wrapper coverage', 'wrapper_coverage.json', 'Have the wrapper state it again, or restore it.'],
] as const;

const invalidJson = FILES.map(([prefix, name, path, mend]): FindingRow => [
  `${prefix}_INVALID_JSON`,
  `The ${name} of an older root is not valid JSON in UTF-8.`,
  'Nothing can be read from it, and whatever depends on it is unknown.',
  `${path}: the file is not valid JSON in UTF-8`,
  mend,
]);

const schemaInvalid = FILES.map(([prefix, name, path, mend]): FindingRow => [
  `${prefix}_SCHEMA_INVALID`,
  `The ${name} of an older root is not what the root’s own schema asks for.`,
  'Readers that trust the schema break, or read something that was not meant.',
  `${path}: it is none of the kinds of files that the schema knows`,
  mend,
]);

const missing = FILES.map(([prefix, name, path, mend]): FindingRow => [
  `${prefix}_MISSING`,
  `A ${name} that the root needs is not there.`,
  'Other files of the root speak of it, and their readers find nothing.',
  `${path} is not there`,
  mend,
]);

const wrongKind = FILES.slice(0, 2)
  .concat(FILES.slice(3, 4))
  .map(([prefix, name, path, mend]): FindingRow => [
    `${prefix}_WRONG_KIND`,
    `What stands in the place of a ${name} is a file of another kind.`,
    'Every kind has its own fields: read as the other, most of it disappears.',
    `${path} is a report`,
    mend,
  ]);

/** Codes of single files of an older root; the same four questions for each kind. */
export const parityFilesEntries: readonly CatalogueEntry[] = findingEntries([
  ...invalidJson,
  ...schemaInvalid,
  ...missing,
  ...wrongKind,
]);
