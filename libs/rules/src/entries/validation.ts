import type { CatalogueEntry } from '../catalogue-entry.js';

/** Codes of what `validate` and --check find in committed files. */
export const validationEntries: readonly CatalogueEntry[] = [
  {
    code: 'DERIVED_FILE_DIFFERS',
    kind: 'finding',
    severity: 'error',
    meaning: 'A committed file is not what its inputs give today.',
    why: 'It was edited by hand, or an input changed without deriving again; readers get something that nobody can make again.',
    example: 'cli_manifests/codex/snapshots/0.125.0/union.json differs from what its inputs give',
    mend: '`cliparity rebuild CLI` derives it again (as does the command without --check); read the change, commit it.',
  },
  {
    code: 'DERIVED_FILE_MISSING',
    kind: 'finding',
    severity: 'error',
    meaning: 'A file that its inputs give is not there.',
    why: 'The chain ends before it, and what follows from it is missing too.',
    example: 'cli_manifests/codex/reports/0.125.0/coverage.any.json is missing',
    mend: '`cliparity rebuild CLI` derives it (as does the command without --check); commit the file.',
  },
  {
    code: 'FILE_NOT_CANONICAL',
    kind: 'finding',
    severity: 'error',
    meaning: 'A file says the right thing in another order or form than cliparity writes it.',
    why: 'One content must have one form of bytes, else changes cannot be seen and digests differ.',
    example: 'cli_manifests/codex/artifacts.lock.json is not in canonical order or form',
    mend: '`cliparity validate CLI --fix` restores order and form; content stays as it is.',
  },
  {
    code: 'SNAPSHOT_MISPLACED',
    kind: 'finding',
    severity: 'error',
    meaning: 'A snapshot lies where another version or target belongs.',
    why: 'It would be taken for the surface of another binary.',
    example:
      'cli_manifests/codex/snapshots/0.125.0/aarch64-apple-darwin.json is the snapshot of 0.124.0 on aarch64-apple-darwin',
    mend: 'Move it to its place, or make the right one: `cliparity snapshot CLI VERSION --target T --force`.',
  },
  {
    code: 'SNAPSHOT_NOT_OF_LOCK',
    kind: 'finding',
    severity: 'error',
    meaning: 'A snapshot was taken from another binary than the lock pins now.',
    why: 'It describes a program that is not the one that is trusted under this version.',
    example:
      'cli_manifests/codex/snapshots/0.125.0/x86_64-unknown-linux-musl.json was taken from another binary than the lock pins',
    mend: 'Capture the locked binary: `cliparity snapshot CLI VERSION --target T`; or find out why the lock changed.',
  },
  {
    code: 'SNAPSHOT_STALE',
    kind: 'finding',
    severity: 'error',
    meaning: 'A snapshot was made with other crawl settings, another dialect or another supplement than hold today.',
    why: 'It is not what today’s settings give, so it cannot be compared with snapshots that are.',
    example:
      'cli_manifests/codex/snapshots/0.125.0/x86_64-unknown-linux-musl.json was made with other settings, dialect or supplement',
    mend: '`cliparity snapshot CLI VERSION --target T`, on a machine that runs the target or holds its pages.',
  },
];
