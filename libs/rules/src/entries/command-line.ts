import type { CatalogueEntry } from '../catalogue-entry.js';

/** Codes of words and options of the command, and its own faults. */
export const commandLineEntries: readonly CatalogueEntry[] = [
  {
    code: 'CODE_UNKNOWN',
    kind: 'usage',
    meaning: '`explain` was asked for a code that no finding or error has.',
    why: 'An explanation of something else would mislead.',
    example: 'no finding or error has the code LOCK_VERSION_UNKNWN. Did you mean "LOCK_VERSION_UNKNOWN"?',
    mend: 'Copy the code from the finding or error: `cliparity explain LOCK_VERSION_UNKNOWN`.',
  },
  {
    code: 'FOLDER_UNREADABLE',
    kind: 'usage',
    meaning: 'The folder named cannot be read as a folder.',
    why: 'Nothing can be imported from it.',
    example: 'in/snapshots cannot be read as a folder',
    mend: 'Check the path: `cliparity import CLI DIR` wants the folder that holds the snapshot files.',
  },
  {
    code: 'FORMAT_UNKNOWN',
    kind: 'usage',
    meaning: '`export` was asked for a format that it does not know.',
    why: 'Another format than the one asked for breaks whatever reads it.',
    example: 'unknown export format "parity-2". Did you mean "parity-v2"?',
    mend: 'Choose one that the message lists: `cliparity export CLI VERSION --format parity-v2`.',
  },
  {
    code: 'INTERNAL',
    kind: 'internal',
    meaning: 'Something went wrong that cliparity did not foresee.',
    why: 'The result, if any, must not be trusted.',
    example: "Cannot read properties of undefined (reading 'commands')",
    mend: 'This is a fault of cliparity: run the same command with --verbose and report it with the stack.',
  },
  {
    code: 'INTERRUPTED',
    kind: 'interrupted',
    meaning: 'The run was stopped by Ctrl-C or a signal.',
    why: 'Files are either old or new, never half; children of the run were ended.',
    example: 'interrupted',
    mend: 'Run the same command again; transfers go on where they were.',
  },
  {
    code: 'OPTION_NOT_A_NUMBER',
    kind: 'usage',
    meaning: 'An option that takes a number of bytes was given something else.',
    why: 'A size that is misread could delete more than was meant.',
    example: '"2GB" is not a whole number of bytes',
    mend: 'Write digits only: `cliparity store prune --max-size 2000000000`.',
  },
  {
    code: 'REBUILD_WHAT',
    kind: 'usage',
    meaning: '`rebuild` was given neither a root nor --all.',
    why: 'Deriving every root anew is not done by accident.',
    example: 'name one root, or say --all',
    mend: '`cliparity rebuild codex`, or `cliparity rebuild --all`.',
  },
  {
    code: 'UNIT_UNKNOWN',
    kind: 'usage',
    meaning: '`explain` was asked for a command, flag or argument that the union does not have.',
    why: 'What was not seen cannot be explained; the version or the spelling may be another.',
    example: 'no unit "exec --jsn" was seen. Did you mean "exec --json"?',
    mend: 'Write the command’s words, then a flag with its dashes or an argument’s name: `cliparity explain codex exec -- --json`.',
  },
];
