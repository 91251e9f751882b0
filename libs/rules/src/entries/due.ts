import type { CatalogueEntry } from '../catalogue-entry.js';

/** Codes of what a day makes due, and of the words that name a day. */
export const dueEntries: readonly CatalogueEntry[] = [
  {
    code: 'DAY_INVALID',
    kind: 'usage',
    meaning: 'A day was typed that the calendar does not have, or in another form than YYYY-MM-DD.',
    why: 'What is due depends on the day; a misread one would hide it.',
    example: '"2027-02-30" is no day',
    mend: 'Write year, month and day: `cliparity due --as-of 2027-03-31`.',
  },
  {
    code: 'LOCK_DUE',
    kind: 'finding',
    severity: 'warning',
    meaning: 'The newest pinned version was published more than 90 days ago.',
    why: 'Either the upstream rests, or it moves on and nobody looks: then the root describes a program that users no longer have.',
    example: '0.169.0, the newest that is locked, was published 120 days ago',
    mend: 'Look for a newer version and pin it: `cliparity lock CLI VERSION`. If there is none, nothing is to be done but to wait.',
  },
];
