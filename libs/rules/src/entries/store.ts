import type { CatalogueEntry } from '../catalogue-entry.js';

/** Codes of the store of binaries, one per user. */
export const storeEntries: readonly CatalogueEntry[] = [
  {
    code: 'DISK_FULL',
    kind: 'could-not-run',
    meaning: 'There is no room left for what would be written.',
    why: 'It is noticed before the transfer where that is possible; what was there before is untouched.',
    example: 'npm:@openai/codex@0.125.0-linux-x64 needs 214958080 bytes but the store has 10485760 free',
    mend: 'Make room (`cliparity store prune` drops binaries that no lock needs), or move the store with CLIPARITY_STORE.',
  },
  {
    code: 'STORE_ITEM_DAMAGED',
    kind: 'finding',
    severity: 'error',
    meaning: 'A binary in the store is missing, changed or damaged.',
    why: 'It is not the binary that was verified when it came; running it would say nothing about the upstream.',
    example: 'file-5d41… is damaged: these are not the bytes it was put with',
    mend: '`cliparity store verify --mend` takes it out; `cliparity acquire CLI VERSION` then fetches and verifies it again.',
  },
  {
    code: 'STORE_NOT_WRITABLE',
    kind: 'could-not-run',
    meaning: 'The store’s folder cannot be read or written.',
    why: 'Binaries are kept there once for all workspaces of a user.',
    example: '/srv/cliparity-store cannot be used (EACCES)',
    mend: 'Give yourself the right to read and write there, or set CLIPARITY_STORE to a folder you may write; `cliparity doctor` shows the folder in use.',
  },
];
