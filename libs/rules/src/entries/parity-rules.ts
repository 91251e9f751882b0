import type { CatalogueEntry } from '../catalogue-entry.js';
import { findingEntries } from './entry-table.js';

const FIX = 'validate with --fix does it.';

/** Codes of what the files of an older root say about each other. Source: reference/parity-formats.md section 6. */
const rules = findingEntries([
  [
    'PARITY_EXCLUSIONS_SCHEMA_VERSION',
    'The exclusions in RULES.json are of a version that nobody knows.',
    'None of them is applied, so everything excluded counts again.',
    'parity_exclusions.schema_version is 2',
    'Set it to 1 and write the entries in that form.',
  ],
  [
    'PARITY_EXCLUSIONS_NOTE_MISSING',
    'An excluded unit has no note.',
    'Later nobody knows why the wrapper need not handle it.',
    '/parity_exclusions/units/1/note is blank',
    'Write why the unit is excluded.',
  ],
  [
    'PARITY_EXCLUSIONS_INVALID_ENTRY',
    'An exclusion does not name one command, flag or argument.',
    'It excludes nothing, or something else than was meant.',
    'a flag is excluded by its key',
    'Give a command no key and no name, a flag its key, an argument its name.',
  ],
  [
    'PARITY_EXCLUSIONS_DUPLICATE',
    'A unit is excluded twice.',
    'Only one of the two notes can be the reason.',
    'the command app is excluded twice',
    'Delete one of the entries.',
  ],
  [
    'PARITY_EXCLUSIONS_NOT_SORTED',
    'The exclusions are not in order.',
    'Lists without an order make changes hard to read and to merge.',
    'the exclusions are not in the order of unit, path, key or name',
    'Sort them by unit, path, then key or name.',
  ],
  [
    'POINTER_MISSING_FILE',
    'A pointer file that every root has is not there.',
    'A reader cannot tell "none yet" from "forgotten".',
    'pointers/latest_supported/linux-x64.txt does not exist',
    `Write it with the line none: ${FIX}`,
  ],
  [
    'POINTER_INVALID_FORMAT',
    'A pointer file is not one line with a newline at its end.',
    'Scripts read the line as it is: a blank or a carriage return becomes part of the version.',
    'one line with a newline is wanted: it holds a carriage return',
    `Keep the first line and end it with a newline: ${FIX}`,
  ],
  [
    'POINTER_INVALID_VALUE',
    'A pointer names something that is no stable version.',
    'Nothing can be found under that name.',
    '"v1.2.3" is not none or a stable version',
    'Write a version as MAJOR.MINOR.PATCH, or none where that is allowed.',
  ],
  [
    'POINTER_UNREADABLE',
    'A pointer file cannot be read.',
    'Whatever it points at is unknown.',
    'the pointer cannot be read (EISDIR)',
    'Put a text file in its place.',
  ],
  [
    'POINTER_LATEST_VALIDATED_MISMATCH',
    'The root’s latest validated version is not that of its required target.',
    'Two readers of one root would test against different versions.',
    'it names 0.61.0, the pointer of the required target linux-x64 names 0.125.0',
    'Promote the version again, so that both are written together.',
  ],
  [
    'POINTER_INCONSISTENT_WITH_VERSION_METADATA',
    'A pointer names a version that does not claim the pointer’s target.',
    'The pointer promises what the version’s own tests and coverage do not say.',
    'pointers/latest_validated/win32-x64.txt names 0.125.0, which does not count win32-x64 as supported and passed',
    'Point at a version that has it, or verify the version on that target.',
  ],
  [
    'VERSION_FILE_INVALID_NAME',
    'A file in the folder of versions is not named after a stable version.',
    'No tool looks at it, so what it says is never checked.',
    '"1.2.0-rc.1" is no stable version',
    'Rename it to VERSION.json, or delete it.',
  ],
  [
    'VERSIONS_DIR_UNREADABLE',
    'The folder of versions cannot be read.',
    'No version of the root can be checked.',
    'the folder cannot be read (ENOTDIR)',
    'Put a folder in its place.',
  ],
  [
    'VALIDATION_TARGET_SETS_OVERLAP',
    'A target counts as two of passed, failed and skipped.',
    'The outcome of its tests is unknown.',
    'linux-x64 in both passed_targets and failed_targets',
    'Keep it in the list that says what happened, or verify again.',
  ],
  [
    'VALIDATION_TARGET_NOT_EXPECTED',
    'A version states an outcome for a target that the root does not expect.',
    'A target that is misspelt here is missing elsewhere.',
    'any of skipped_targets is no expected target',
    'Correct the name, or take it out.',
  ],
  [
    'VALIDATION_REQUIRED_TARGET_NOT_EXPLICIT',
    'A version with outcomes says nothing, or several things, about the required target.',
    'The required target decides whether the version may be promoted.',
    'the required target linux-x64 must be in exactly one of passed_targets, failed_targets, skipped_targets',
    'Verify the version on the required target.',
  ],
  [
    'SCHEMA_MISSING',
    'An older root lacks one of the two schemas it carries.',
    'Its files cannot be checked against what they claim to be.',
    'SCHEMA.json cannot be read: an older root carries its own schemas.',
    'Restore the file as it was committed.',
  ],
  [
    'SCHEMA_INVALID_JSON',
    'A schema that an older root carries is no JSON object.',
    'Its files cannot be checked against what they claim to be.',
    'SCHEMA.json is no JSON object.',
    'Restore the file as it was committed.',
  ],
  [
    'SCHEMA_VALIDATION_FAILED',
    'A schema that an older root carries is not a usable JSON Schema.',
    'Its files cannot be checked against what they claim to be.',
    'SCHEMA.json cannot be used as a schema: schema is invalid',
    'Restore the file as it was committed.',
  ],
]);

/** Codes of an older root’s rules, and of its files against each other. */
export const parityRulesEntries: readonly CatalogueEntry[] = [
  ...rules,
  {
    code: 'RULES_MISSING',
    kind: 'usage',
    meaning: 'A root without cliparity.json has no RULES.json either.',
    why: 'One of the two says which targets there are and what is required of them.',
    example: 'RULES.json cannot be read: an older root is governed by it.',
    mend: 'Restore RULES.json, or write a cliparity.json.',
  },
  {
    code: 'RULES_INVALID',
    kind: 'usage',
    meaning: 'The RULES.json of an older root lacks something that every check reads.',
    why: 'Without it no file of the root can be judged.',
    example: 'RULES.json is not as it must be: /union must have required property',
    mend: 'Write what the message names into RULES.json.',
  },
];
