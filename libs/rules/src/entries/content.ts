import type { CatalogueEntry } from '../catalogue-entry.js';
import { findingEntries } from './entry-table.js';

/** Codes of what the files of a root say, and of what they say about each other. */
export const contentEntries: readonly CatalogueEntry[] = findingEntries([
  [
    'DERIVED_FILE_NOT_DERIVABLE',
    'A committed file cannot be derived again from what is committed beside it.',
    'Nobody can tell any more whether it is true.',
    'codex/snapshots/0.61.0/union.json cannot be derived again: There is no snapshot of the required target linux-x64.',
    'Mend what the message names, then derive it again.',
  ],
  [
    'DERIVED_FILE_UNEXPECTED',
    'A derived file is there that follows from nothing.',
    'It is left from another time, and readers take it for true.',
    'codex/reports/0.61.0/coverage.win32-x64.json follows from nothing: the union of its version does not give it',
    'Delete the file and commit that.',
  ],
  [
    'EXPECTED_TARGETS_DIFFER',
    'A union was made for other targets than the root expects today.',
    'It says complete or missing of the wrong list.',
    'snapshots/0.92.0/union.json was made for linux-x64; expected are linux-x64, darwin-arm64',
    'Derive the union and the reports again: `cliparity union CLI VERSION`.',
  ],
  [
    'FILE_NOT_REGULAR',
    'Something in a root is a link, a device or a folder where a plain file belongs.',
    'Another machine finds something else there, or nothing.',
    'cli_manifests/codex/current.json is not a plain file',
    'Put a plain file in its place.',
  ],
  [
    'FILE_UNEXPECTED',
    'A file or folder in a root belongs to nothing that a root has.',
    'A misspelt name is a file that is missing elsewhere; a leftover misleads.',
    'cli_manifests/codex/snapshots/old belongs to nothing that a root has',
    'Rename it, or delete it.',
  ],
  [
    'GENERATED_COPY_DIFFERS',
    'A generated copy in a root differs from what it is a copy of.',
    'Readers without cliparity trust the copy.',
    'cli_manifests/codex/RULES.json differs from what it is a copy of',
    '`cliparity validate CLI --fix` writes it again.',
  ],
  [
    'LOCK_DUPLICATE',
    'The lock pins one version and target twice.',
    'Which of the two binaries is meant is left to chance.',
    'cli_manifests/codex/artifacts.lock.json pins 0.92.0 linux-x64 twice',
    'Delete one of the entries, or pin the version again: `cliparity lock CLI VERSION`.',
  ],
  [
    'LOCK_OF_OTHER_TOOL',
    'The lock is of another tool than the root.',
    'It was copied from another root, and pins foreign binaries.',
    'cli_manifests/codex/artifacts.lock.json is of claude-code-cli, the root of codex-cli',
    'Restore the root’s own lock, or pin again: `cliparity lock CLI VERSION`.',
  ],
  [
    'POINTER_REFERENCES_MISSING_SNAPSHOT',
    'A pointer names a version that has no snapshot of the pointer’s target.',
    'Whoever follows the pointer finds nothing there.',
    'pointers/latest_supported/win32-x64.txt names 0.92.0, but snapshots/0.92.0/win32-x64.json is not there',
    'Restore the snapshot, or point at a version that has it.',
  ],
  [
    'POINTER_REFERENCES_MISSING_VERSION_METADATA',
    'A pointer names a version that has no metadata.',
    'Nothing says that the version was ever tested.',
    'latest_validated.txt names 0.92.0, but versions/0.92.0.json is not there',
    'Restore the metadata, or point at a version that has it.',
  ],
  [
    'ROOT_COMMAND_MISSING',
    'A snapshot or union has no root command.',
    'The program itself was never asked for help, so its own flags are unknown.',
    'snapshots/0.92.0/linux-x64.json has no root command: the program itself was never asked for help',
    'Take the snapshot again: `cliparity snapshot CLI VERSION --force`.',
  ],
  [
    'SNAPSHOT_NOT_LOCKED',
    'A snapshot is of a version and target that the lock does not pin.',
    'Nobody can fetch the binary that it describes.',
    'the lock pins no binary of 0.92.0 on linux-x64',
    'Pin the version: `cliparity lock CLI VERSION`; or delete the snapshot.',
  ],
  [
    'SNAPSHOT_OF_OTHER_TOOL',
    'A snapshot is of another tool than the root.',
    'It was copied from another root, or the manifest’s tool id changed.',
    'the snapshot is of claude-code-cli, the root of codex-cli',
    'Take the snapshot again: `cliparity snapshot CLI VERSION --force`.',
  ],
  [
    'UNITS_NOT_SORTED',
    'Commands, flags or arguments of a file are not in order.',
    'One content must have one order, else changes cannot be seen and digests differ.',
    'snapshots/0.92.0/union.json: command:exec stands after what must follow it',
    'Have the file made again: `cliparity rebuild CLI`.',
  ],
  [
    'UNIT_DUPLICATE',
    'A command, flag or argument stands twice in one file.',
    'Which of the two counts is left to chance.',
    'snapshots/1.14.47/linux-x64.json has flag:run/--session twice',
    'Take the snapshot again: `cliparity snapshot CLI VERSION --force`.',
  ],
  [
    'VERSION_METADATA_MISPLACED',
    'The metadata of one version lies where another’s belongs.',
    'One version would be taken for tested because another was.',
    'versions/0.92.0.json is the metadata of 0.93.0',
    'Move it to its place.',
  ],
  [
    'VERSION_OUTPUT_DIFFERS',
    'The binary calls itself another version than the lock.',
    'The release was mislabelled, or another binary was pinned.',
    'the binary calls itself "codex-cli 0.92.1", the lock 0.92.0',
    'Pin the version again and compare: `cliparity lock CLI VERSION --verify`.',
  ],
  [
    'WAIVER_EXPIRED',
    'The day of a waiver has passed.',
    'Somebody promised to mend the thing by then.',
    'the waiver of 0123456789abcdef (ana: fixed upstream in June) ended on 2026-06-30',
    'Mend what was waived, or waive it anew with a later day: `cliparity coverage waive CLI UNIT --until DAY`.',
  ],
]);

/** The same, where the root can be lived with as it is. */
export const contentWarnings: readonly CatalogueEntry[] = findingEntries([
  [
    'SUPPLEMENT_UNUSED',
    'An entry of the supplement adds a command that the newest version lists by itself.',
    'The list of what help is known not to show grows stale, and hides the day it changes again.',
    'supplement/commands.json adds exec, which 0.169.0 lists by itself',
    'Delete the entry once no version that is kept needs it.',
  ],
  [
    'WAIVER_UNUSED',
    'A waiver covers nothing any more.',
    'What it was for is mended; left behind it would hide the same thing coming back.',
    'the waiver of 0123456789abcdef (ana: fixed upstream in June) covers nothing any more',
    'Delete the waiver.',
  ],
]).map((entry) => ({ ...entry, severity: 'warning' }));
