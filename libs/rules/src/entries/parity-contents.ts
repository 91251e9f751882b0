import type { CatalogueEntry } from '../catalogue-entry.js';
import { findingEntries } from './entry-table.js';

const FIX = 'validate with --fix does it.';

/** Codes of what reports, current.json and the wrapper coverage of an older root say. Source: reference/parity-formats.md section 6. */
export const parityContentsEntries: readonly CatalogueEntry[] = findingEntries([
  [
    'REPORT_MISSING_INCLUDES_EXCLUDED',
    'A report counts an excluded unit as missing.',
    'It was made before the exclusion, so its lists are wrong.',
    'app is excluded and cannot be missing',
    'Derive the report again.',
  ],
  [
    'REPORT_MISSING_INCLUDES_INTENTIONALLY_UNSUPPORTED',
    'A report counts a unit as missing that the wrapper leaves out on purpose.',
    'Work that nobody wants appears as work to be done.',
    'an entry of missing_flags is intentionally unsupported, which is not missing',
    'Derive the report again.',
  ],
  [
    'REPORT_IU_NOTE_MISSING',
    'A report lists a unit as intentionally unsupported without that level or without a note.',
    'A waiver without a reason cannot be judged.',
    '/deltas/intentionally_unsupported/0/note is blank',
    'Write the reason into the wrapper coverage and derive the report again.',
  ],
  [
    'REPORT_IU_NOT_SORTED',
    'The intentionally unsupported units of a report are not in order.',
    'The report was edited by hand or made by another tool.',
    'the entries are not in the order of kind, path, key or name',
    'Derive the report again.',
  ],
  [
    'CURRENT_JSON_NOT_EQUAL_UNION',
    'current.json is not the union of the latest validated version, byte for byte.',
    'Everybody downstream reads current.json and sees another surface than was validated.',
    'it differs from snapshots/0.125.0/union.json',
    `Copy that union: ${FIX}`,
  ],
  [
    'CURRENT_JSON_MISSING_REQUIRED_TARGET',
    'current.json was made without the required target.',
    'The one target that must have been seen was not.',
    'it was made without the required target linux-x64',
    'Take a snapshot of the required target, derive the union again and promote.',
  ],
  [
    'CURRENT_JSON_SEMVER_MISMATCH',
    'current.json is of another version than latest_validated.txt names.',
    'The pointer and the file it stands for disagree.',
    'it is of 0.61.0, latest_validated.txt names 0.125.0',
    `Copy the right union: ${FIX}`,
  ],
  [
    'WRAPPER_COVERAGE_PARSE_FAILED',
    'The wrapper coverage is JSON but cannot be understood.',
    'What the wrapper handles is unknown.',
    'it cannot be understood: /coverage/0 must have required property',
    'Have the wrapper state it again.',
  ],
  [
    'WRAPPER_COVERAGE_SCHEMA_VERSION',
    'The wrapper coverage is of a version that an older root cannot have.',
    'Its fields may mean something else.',
    'version 2 is unknown; only 1 is known',
    'State it in version 1, or move the root to the current format.',
  ],
  [
    'WRAPPER_COVERAGE_INCLUDES_EXCLUDED',
    'The wrapper speaks about a unit that is excluded.',
    'Only one of the two can be right.',
    'the command app is excluded; the wrapper says nothing about it',
    'Delete the entry, or the exclusion.',
  ],
  [
    'PASSTHROUGH_NOTE_MISSING',
    'A unit is handed through without a note.',
    'Passing something on unread is a decision; later nobody knows whose.',
    'flag [] --config is passthrough, which needs a note that says why',
    'Write why the wrapper hands it through.',
  ],
  [
    'IU_NOTE_MISSING',
    'A unit is intentionally unsupported without a note.',
    'A waiver without a reason cannot be judged.',
    'command completion is intentionally_unsupported, which needs a note that says why',
    'Write why the wrapper leaves it out.',
  ],
  [
    'WRAPPER_SCOPE_OVERLAP',
    'Two entries of the wrapper coverage speak about the same unit on the same target.',
    'Which of them counts is left to chance.',
    'command_path run: coverage[1], coverage[2] all speak about win32-x64',
    'Narrow the scope of one of them, or delete it.',
  ],
]);
